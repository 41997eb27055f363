"""Addresses of the knowledge base and of the guide beside a case."""

from django.urls import path

from huiyin.interfaces.web.knowledge import changing, guide_views, views

app_name = "knowledge"
urlpatterns = [
    path("case/<str:number>/strip/", guide_views.strip, name="strip"),
    path("case/<str:number>/answers/", guide_views.answers, name="answers"),
    path("case/<str:number>/advice/", guide_views.advice, name="advice"),
    path("case/<str:number>/dismiss/", guide_views.dismiss, name="dismiss"),
    path("case/<str:number>/used/", guide_views.used, name="used"),
    path("", views.listed, name="list"),
    path("new/<slug:kind>/", changing.new, name="new"),
    path("<slug:kind>/<str:code>/", views.entry, name="entry"),
    path("<slug:kind>/<str:code>/edit/", changing.edit, name="edit"),
    path("<slug:kind>/<str:code>/retire/", changing.retire, name="retire"),
    path("<slug:kind>/<str:code>/restore/<int:number>/", changing.restore, name="restore"),
    path("<slug:kind>/<str:code>/adopt/", changing.adopt, name="adopt"),
    path("<slug:kind>/<str:code>/keep/", changing.keep_own, name="keep"),
]
