"""Addresses of the figures."""

from django.urls import path

from huiyin.interfaces.web.figures import views

app_name = "figures"
urlpatterns = [
    path("", views.figures, name="figures"),
    path("export/", views.export, name="export"),
    path("<slug:code>/", views.rows, name="rows"),
]
