from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    name = "huiyin.improvement"
    label = "improvement"

    def ready(self) -> None:
        from huiyin.improvement import items, notices, signals
        from huiyin.queue import worker

        notices.register_all()
        worker.register_sweep("improvement.signals", signals.watch, every_seconds=signals.WATCH_SECONDS)
        worker.register_sweep("improvement.overdue", items.ring_overdue, every_seconds=items.OVERDUE_SECONDS)
