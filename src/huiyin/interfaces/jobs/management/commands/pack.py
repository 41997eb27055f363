"""huiyin pack: check, compare, load and list the packs that say what the organisation promises."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from huiyin.interfaces.common import clock
from huiyin.policy.models import PackVersion
from huiyin.policy.packs import loading, store
from huiyin.policy.packs.diff import diff
from huiyin.policy.packs.schema import Pack
from huiyin.rules import Refusal

REFUSED = 1
DIFFERENT = 1
TROUBLE = 2


class Command(BaseCommand):
    requires_system_checks = ()  # a pack can be checked where nothing else is set up
    help = (
        "Check, compare, load and list packs. A pack is a folder of TOML files, or the name of one that comes with the"
        " product. Exit codes: 0 all is well; 1 a pack is refused, or two packs differ; 2 a pack is not found, or"
        " cannot be compared."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--language", choices=[code for code, _name in settings.LANGUAGES], help="the language of what is told"
        )
        actions = parser.add_subparsers(dest="action", required=True, metavar="check | diff | load | list")
        check = actions.add_parser("check", help="read a pack and name every error; nothing is stored")
        check.add_argument("folder", help="a folder, or the name of a shipped pack")
        compare = actions.add_parser("diff", help="show what two packs say differently; exit code 1 if they do")
        for name in ("old", "new"):
            compare.add_argument(name, help="a folder, the name of a shipped pack, or CODE@VERSION of a loaded one")
        load = actions.add_parser("load", help="store a pack as a new version; the same content is stored once")
        load.add_argument("folder", help="a folder, or the name of a shipped pack")
        actions.add_parser("list", help="show the loaded versions and which of them are in force")

    def handle(self, *_args: Any, **options: Any) -> None:
        with translation.override(options["language"] or settings.LANGUAGE_CODE):
            try:
                getattr(self, f"_{options['action']}")(options)
            except Refusal as refusal:
                code = TROUBLE if options["action"] == "diff" else REFUSED
                raise CommandError(_told(refusal), returncode=code) from None

    def _check(self, options: dict[str, Any]) -> None:
        pack = loading.load_folder(_folder(options["folder"]))
        facts = {
            "pack": f"{pack.code} {pack.version}",
            "clocks": len(pack.clocks),
            "categories": len(pack.categories),
            "remedies": len(pack.remedies),
        }
        told = _("%(pack)s is in order. Clocks: %(clocks)d, categories: %(categories)d, remedies: %(remedies)d.")
        self.stdout.write(told % facts)

    def _diff(self, options: dict[str, Any]) -> None:
        changes = diff(_pack(options["old"]), _pack(options["new"]))
        for change in changes:
            self.stdout.write(change.sentence)
        if changes:
            raise SystemExit(DIFFERENT)

    def _load(self, options: dict[str, Any]) -> None:
        version = store.load(_folder(options["folder"]), at=clock.now())
        begins = _day(version)
        told = _("%(pack)s is loaded, in force from %(day)s (%(hash)s).")
        self.stdout.write(told % {"pack": version, "day": begins, "hash": version.content_hash[:12]})

    def _list(self, _options: dict[str, Any]) -> None:
        in_force = {version.pk for version in store.each_in_force(clock.now())}
        for version in PackVersion.objects.defer("content").order_by("code", "in_force_from", "loaded_at"):
            mark = "*" if version.pk in in_force else " "
            begins = _day(version)
            self.stdout.write(f"{mark} {version!s:<32} {version.kind:<8} {begins}  {version.content_hash[:12]}")


def _told(refusal: Refusal) -> str:
    return "\n".join(part for part in (str(refusal), refusal.unblock_text) if part)


def _day(version: PackVersion) -> date:
    return version.in_force_from.astimezone(get_default_timezone()).date()


def _folder(name: str) -> Path:
    shipped = loading.DATA / name
    folder = shipped if name in store.OFFERED and not Path(name).is_dir() else Path(name)
    if not folder.is_dir():
        shown = ", ".join(store.OFFERED)
        told = _("%(name)s is neither a folder nor a pack that comes with the product (%(shown)s).")
        raise CommandError(told % {"name": name, "shown": shown}, returncode=TROUBLE)
    return folder


def _pack(name: str) -> Pack:
    code, at_sign, version = name.partition("@")
    if not at_sign or Path(name).is_dir():
        return loading.load_folder(_folder(name))
    row = PackVersion.objects.filter(code=code, version=version).only("pk").first()
    if row is None:
        told = _("No version %(version)s of the pack %(code)s is loaded.")
        raise CommandError(told % {"version": version, "code": code}, returncode=TROUBLE)
    return store.parsed(row.pk)
