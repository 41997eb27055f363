from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "huiyin.complaints"
    label = "complaints"

    def ready(self) -> None:
        from huiyin.complaints import notices, partner_access, permissions, portal_access, undelivered, watch
        from huiyin.queue import worker

        notices.register_all()
        portal_access.register_all()
        partner_access.register_all()
        permissions.register_all()
        undelivered.register_all()
        worker.register_sweep("promises", watch.run)
        worker.register_sweep("checkpoint", watch.plan_checkpoint, every_seconds=600)
