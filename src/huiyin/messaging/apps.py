from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "huiyin.messaging"
    label = "messaging"

    def ready(self) -> None:
        """Tell the queue who sends messages."""
        from huiyin.messaging import delivery  # noqa: F401 (models can be imported only now)
