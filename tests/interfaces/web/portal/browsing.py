"""A complainant's browser, and the form as a person fills it."""

from datetime import timedelta

from django.test import Client

from huiyin.interfaces.common import clock
from huiyin.interfaces.web.portal import stamps


class Browser(Client):
    def __init__(self):
        super().__init__(enforce_csrf_checks=True)

    def post(self, path, data=None, **more):
        if "huiyin_csrf" not in self.cookies:
            self.get("/p/")
        data = {**(data or {}), "csrfmiddlewaretoken": self.cookies["huiyin_csrf"].value}
        return super().post(path, data, **more)


def filled(**changes):
    """The form as a person fills it: shown half a minute ago."""
    shown = stamps.fresh(clock.now() - timedelta(seconds=30))
    return {
        "what": "收到的手机外壳有划痕，全新未拆。",
        "wanted": "换一台新的",
        "order_number": "E-1001",
        "name": "张三",
        "phone": "13812341234",
        "email": "",
        "website": "",
        "stamp": shown.sealed(),
        **changes,
    }
