"""The room of pages; at start it collects the places each room of pages adds to the navigation."""

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "huiyin.interfaces.web"
    label = "web"

    def ready(self) -> None:
        """Import every `nav.py`, so that the shell knows its places."""
        for found in iter_modules([self.path]):
            name = f"{self.name}.{found.name}.nav"
            if found.ispkg and find_spec(name):
                import_module(name)
