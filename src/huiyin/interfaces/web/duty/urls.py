"""Addresses of the page about absences."""

from django.urls import path

from huiyin.interfaces.web.duty import views

app_name = "duty"
urlpatterns = [
    path("absences/", views.absences, name="absences"),
    path("absences/<int:absence_id>/cancel/", views.cancel, name="cancel"),
]
