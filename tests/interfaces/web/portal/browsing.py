"""A complainant's browser without scripts, and forms as a person fills them."""

import io
import re
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from huiyin.interfaces.common import clock
from huiyin.interfaces.web.portal import stamps


class Browser(Client):
    """Keeps cookies, and is checked for forged forms as a real one is."""

    def __init__(self):
        super().__init__(enforce_csrf_checks=True)

    def post(self, path, data=None, **more):
        if "huiyin_csrf" not in self.cookies:
            self.get("/p/")
        data = {**(data or {}), "csrfmiddlewaretoken": self.cookies["huiyin_csrf"].value}
        return super().post(path, data, **more)

    def read(self, path, language="zh-hans"):
        """The words of a page."""
        self.cookies["huiyin_language"] = language
        answer = self.get(path)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    def act(self, base, name, **given):
        """Send an act as the page at `base` offers it."""
        page = self.get(base).content.decode()
        carried = {"seen": field(page, "seen"), "stamp": field(page, "stamp")}
        return self.post(f"{base}do/{name}/", carried | given)


def field(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


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


def photo(name="划痕.jpg", colour="teal"):
    drawn = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(drawn, "JPEG")
    return SimpleUploadedFile(name, drawn.getvalue())
