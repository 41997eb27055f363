"""Addresses of the steps of a case; they come before the page of the case itself."""

from django.urls import path

from huiyin.interfaces.web.case import views

app_name = "case"
urlpatterns = [
    path("desk/<str:number>/do/<slug:step>/", views.do, name="do"),
    path("desk/<str:number>/do/<slug:step>/coach/", views.coach, name="coach"),
]
