"""Every setting in one place; each value that differs between machines is read by a typed reader below."""

import os
from pathlib import Path

BASE = Path(__file__).resolve().parents[1]
SECRET_KEY = os.environ.get("HUIYIN_SECRET_KEY", "development-only")
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "lucide",
    "huiyin.people",
    "huiyin.policy",
    "huiyin.queue",
    "huiyin.files",
    "huiyin.messaging",
    "huiyin.workforce",
    "huiyin.knowledge",
    "huiyin.complaints",
    "huiyin.interfaces.common",
    "huiyin.interfaces.web",
    "huiyin.interfaces.jobs",
    "huiyin.interfaces.api",
]
AUTH_USER_MODEL = "people.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "huiyin.config.urls"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "var/huiyin.sqlite3"}}
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = [BASE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
STATIC_URL = "/static/"
