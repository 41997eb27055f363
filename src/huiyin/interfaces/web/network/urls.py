"""Addresses of the network team's lists."""

from django.urls import path

from huiyin.interfaces.web.network import views

app_name = "network"
urlpatterns = [
    path("sites/", views.wanted, name="wanted"),
    path("week/", views.week, name="week"),
]
