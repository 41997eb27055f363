"""Addresses of the desk."""

from django.urls import path

from huiyin.interfaces.web.desk.views import case

app_name = "desk"
urlpatterns = [
    path("desk/<str:number>/", case.case, name="case"),
]
