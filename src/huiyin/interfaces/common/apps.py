from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "huiyin.interfaces.common"
    label = "common"
