from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "huiyin.quality"
    label = "quality"
