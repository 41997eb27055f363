"""The `huiyin` command: what people who run Huiyin use; developers also have manage.py."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from huiyin.interfaces.jobs import serving

COMMANDS = {
    "serve": "serve the pages and the API",
    "worker": "watch promises, send what waits to be sent",
    "prepare": "bring database, words and static files up to date",
    "admin": "make the first administrator",
    "people": "refuse accounts with the password of the demonstration (in production)",
    "pack": "check, compare, load and list policy packs",
    "calendar": "check and load years of working days",
    "demo": "load, show or reset the demo organisation",
    "verify": "prove that no timeline was changed",
    "clock": "show the clock or move it forward (not in production)",
}


def main() -> None:
    """Run one of COMMANDS; exit code 2 for an unknown one, 1 for a refused one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
    name = sys.argv[1] if len(sys.argv) > 1 else "--help"
    if name in ("-h", "--help", "help"):
        print("Usage: huiyin COMMAND [options]      huiyin COMMAND --help tells more\n")
        print("\n".join(f"  {command:<10} {what}" for command, what in COMMANDS.items()))
        return
    if name not in COMMANDS:
        print(f"huiyin: there is no command {name!r}; `huiyin --help` lists them.", file=sys.stderr)
        raise SystemExit(2)
    try:
        if name == "serve":
            serving.main(sys.argv[2:])
        else:
            execute_from_command_line(["huiyin", *sys.argv[1:]])
    except ImproperlyConfigured as error:
        print(f"huiyin: {error}", file=sys.stderr)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
