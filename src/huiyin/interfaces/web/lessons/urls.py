"""Addresses of what cases teach."""

from django.urls import path

from huiyin.interfaces.web.lessons import views

app_name = "lessons"
urlpatterns = [
    path("avoidable/", views.avoidable_cases, name="avoidable"),
    path("advertised/", views.advertised_promises, name="advertised"),
    path("advertised/<int:item_id>/", views.promise, name="promise"),
]
