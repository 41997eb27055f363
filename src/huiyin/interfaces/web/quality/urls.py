"""Addresses of the inspectors' pages."""

from django.urls import path

from huiyin.interfaces.web.quality import views

app_name = "quality"
urlpatterns = [
    path("", views.cases, name="cases"),
    path("<str:number>/", views.case, name="case"),
    path("<str:number>/rate/", views.rate, name="rate"),
    path("<str:number>/checklist/<slug:code>/", views.checklist, name="checklist"),
]
