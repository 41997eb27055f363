from django.apps import AppConfig

from huiyin.interfaces.jobs import checks as checks  # registers them


class JobsConfig(AppConfig):
    name = "huiyin.interfaces.jobs"
    label = "jobs"
