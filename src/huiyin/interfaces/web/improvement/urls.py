"""Addresses of improvements, signals and groups."""

from django.urls import path

from huiyin.interfaces.web.improvement import views

app_name = "improvement"
urlpatterns = [
    path("", views.items, name="items"),
    path("new/", views.propose, name="propose"),
    path("<int:item_id>/", views.item, name="item"),
    path("<int:item_id>/<slug:act>/", views.act, name="act"),
    path("signals/", views.signals, name="signals"),
    path("signals/<int:signal_id>/", views.settle, name="settle"),
    path("groups/", views.groups, name="groups"),
    path("groups/<int:report_id>/", views.group, name="group"),
]
