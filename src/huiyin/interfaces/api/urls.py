"""Addresses below /api/v1/."""

from django.urls import path, re_path

from huiyin.interfaces.api import problems, reference
from huiyin.interfaces.api.house import api

app_name = "api"
urlpatterns = [
    path("docs", reference.page, name="docs"),
    path("", api.urls),
    re_path(r"^.*$", problems.nothing_here),
]
