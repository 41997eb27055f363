from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    name = "huiyin.workforce"
    label = "workforce"
