from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "huiyin.complaints"
    label = "complaints"
