from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "huiyin.complaints"
    label = "complaints"

    def ready(self) -> None:
        from huiyin.complaints import notices, permissions, watch  # noqa: PLC0415 - needs loaded models
        from huiyin.queue import worker  # noqa: PLC0415

        notices.register_all()
        permissions.register_all()
        worker.register_sweep("promises", watch.run)
