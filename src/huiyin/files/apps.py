from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "huiyin.files"
    label = "files"
