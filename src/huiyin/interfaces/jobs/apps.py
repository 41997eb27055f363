from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "huiyin.interfaces.jobs"
    label = "jobs"
