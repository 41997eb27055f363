from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "huiyin.interfaces.api"
    label = "api"
