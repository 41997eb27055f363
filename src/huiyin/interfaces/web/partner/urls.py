"""Addresses of a partner's page."""

from django.urls import path

from huiyin.interfaces.web.partner import views

app_name = "partner"
urlpatterns = [
    path("<str:secret>/", views.door, name="door"),
    path("<str:secret>/code/", views.code, name="code"),
    path("<str:secret>/question/", views.question, name="question"),
]
