from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "huiyin.policy"
    label = "policy"
