from django.apps import AppConfig


class QueueConfig(AppConfig):
    name = "huiyin.queue"
    label = "queue"
