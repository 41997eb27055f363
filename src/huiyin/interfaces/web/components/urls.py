"""Addresses of the living page, of the look switches and of the page for a lost connection."""

from django.urls import path

from huiyin.interfaces.web import errors
from huiyin.interfaces.web.components import views

urlpatterns = [
    path("components/", views.living_page, name="components"),
    path("look/", views.set_look, name="look"),
    path("offline/", errors.offline, name="offline"),
]
