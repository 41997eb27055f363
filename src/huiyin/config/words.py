"""Compiles the words on screen from .po to .mo, without the gettext tools."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_stale(folder: Path) -> list[Path]:
    """Write each .mo that is missing or older than its .po, and name them; an unsure (fuzzy) word is left out."""
    written = []
    for po in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns > po.stat().st_mtime_ns:
            continue
        fresh = mo.with_name(f".{mo.name}.{os.getpid()}")
        with open(po, "rb") as source, open(fresh, "wb") as target:
            write_mo(target, read_po(source, locale=po.parent.parent.name), use_fuzzy=False)
        os.replace(fresh, mo)  # another process reads either the old words or the new ones
        written.append(mo)
    return written
