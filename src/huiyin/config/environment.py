"""Typed readers of the environment: a wrong value stops the start and names its variable."""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})


def env_str(name: str, default: str = "", *, choices: tuple[str, ...] = ()) -> str:
    """Read text; refuses a value outside `choices`. An empty variable counts as unset."""
    value = os.environ.get(name, "").strip() or default
    if choices and value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}; it is {value!r}.")
    return value


def env_bool(name: str, default: bool) -> bool:
    """Read a switch; refuses anything but 1/true/yes/on and 0/false/no/off."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} must be yes or no (or 1/0, true/false, on/off); it is {value!r}.")
    return value in TRUE


def env_int(name: str, default: int, *, low: int, high: int) -> int:
    """Read a whole number between `low` and `high`, both allowed."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    try:
        number = int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number; it is {value!r}.") from error
    if not low <= number <= high:
        raise ImproperlyConfigured(f"{name} must lie between {low} and {high}; it is {number}.")
    return number


def env_path(name: str, default: Path | None = None) -> Path | None:
    """Read a path; a leading ~ is the home folder, a relative path starts at the working folder."""
    value = os.environ.get(name, "").strip()
    return Path(value).expanduser().absolute() if value else default


def env_list(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Read names separated by commas."""
    value = os.environ.get(name, "").strip()
    return [part.strip() for part in value.split(",") if part.strip()] if value else list(default)


def env_secret(name: str, kept_in: Path) -> str:
    """Read a secret from NAME, the file named by NAME_FILE, or `kept_in`, which is made once with mode 600."""
    value = os.environ.get(name, "").strip()
    if value:
        return _long_enough(name, value)
    named = env_path(f"{name}_FILE")
    if named is not None:
        try:
            return _long_enough(f"{name}_FILE", named.read_text(encoding="utf-8").strip())
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error}.") from error
    return _kept_secret(name, kept_in)


def _long_enough(name: str, value: str) -> str:
    if len(value) < 32:
        raise ImproperlyConfigured(f"{name} must have at least 32 characters.")
    return value


def _kept_secret(name: str, kept_in: Path) -> str:
    try:
        kept_in.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = kept_in.with_name(f".{kept_in.name}.{os.getpid()}")
        if not kept_in.exists():
            # Two processes may start at once: each writes its own file, the first link wins, both read the same secret.
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(48))
            try:
                os.link(fresh, kept_in)
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
        return kept_in.read_text(encoding="ascii").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name} is not set and cannot be kept in {kept_in}: {error}.") from error


def database_from(name: str, value: str, *, synchronous: str) -> dict[str, object]:
    """Turn a file path or a postgresql:// address into one entry of DATABASES."""
    scheme = value.split("://", 1)[0] if "://" in value else "sqlite"
    if scheme == "sqlite":
        return _sqlite(value.removeprefix("sqlite://"), synchronous)
    if scheme in ("postgresql", "postgres"):
        return _postgresql(name, value)
    raise ImproperlyConfigured(f"{name} must be a file path or begin with postgresql://; it begins with {scheme}://.")


def _sqlite(path: str, synchronous: str) -> dict[str, object]:
    pragmas = (
        "PRAGMA journal_mode=WAL",
        f"PRAGMA synchronous={synchronous}",
        "PRAGMA cache_size=-8000",
        "PRAGMA temp_store=MEMORY",
    )
    file = Path(path).expanduser().absolute()
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        # The last connection to close copies the whole log into the file; once a request would cost more than the work.
        "CONN_MAX_AGE": 60,
        # IMMEDIATE: a deferred transaction that turns into a writer fails at once, whatever the timeout says.
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "; ".join(pragmas)},
        "TEST": {"NAME": str(file.with_name(f"test_{file.name}"))},
    }


def _postgresql(name: str, value: str) -> dict[str, object]:
    parts = urlsplit(value)
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    database = unquote(parts.path.lstrip("/"))
    if not database:
        raise ImproperlyConfigured(f"{name} names no database; write postgresql://user@host/database.")
    try:
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} has a port that is no number.") from error
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": options.pop("port", "") or str(port or ""),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def mail_from(name: str, value: str) -> dict[str, object]:
    """Turn smtp://, smtp+tls:// or smtps://user:password@host:port into Django's EMAIL settings."""
    if not value:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(value)
    ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    if parts.scheme not in ports or not parts.hostname:
        raise ImproperlyConfigured(f"{name} must look like smtp+tls://user:password@host:587 (or smtp://, smtps://).")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or ports[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }
