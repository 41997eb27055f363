from django.apps import AppConfig

from huiyin.interfaces.jobs import checks as checks  # registers them


class JobsConfig(AppConfig):
    name = "huiyin.interfaces.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Name the sweeps to the worker."""
        from huiyin.interfaces.jobs import sweeps

        sweeps.register_all()
