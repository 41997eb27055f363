"""All addresses: each way in keeps its own list."""

from django.urls import URLPattern, URLResolver, path

from huiyin.interfaces.common.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
]
