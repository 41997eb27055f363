"""Addresses of the approvals."""

from django.urls import path

from huiyin.interfaces.web.approvals import views

app_name = "approvals"
urlpatterns = [
    path("approvals/", views.waiting, name="list"),
    path("approvals/<str:number>/", views.one, name="one"),
]
