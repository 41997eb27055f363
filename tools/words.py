"""`x words`: collects every word on screen, keeps the simplified Chinese, makes the traditional Chinese from it.

Runs inside .venv, without the gettext tools: Python's own parser reads modules; Django turns templates into calls that
Babel reads.
"""

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import django
import polib
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize
from opencc import OpenCC

# Which arguments hold words; "c" marks a context. Babel's own notation.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
TRANSLATION = "django.utils.translation"
HOLES = re.compile(r"%\(\w+\)[sd]|%[sd]")
HEADER = {
    "Project-Id-Version": "huiyin",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
Key = tuple[str, str, str]  # context, words, plural


def collect(source: Path) -> set[Key]:
    """Find every marked word in Python files and templates below `source`."""
    keys: set[Key] = set()
    for file in sorted(source.rglob("*.py")):
        keys.update(in_python(file.read_text(encoding="utf-8")))
    for file in [*sorted(source.rglob("*.html")), *sorted(source.rglob("templates/**/*.txt"))]:
        keys.update(in_template(file.read_text(encoding="utf-8"), str(file)))
    return keys


def in_python(text: str) -> Iterator[Key]:
    """Yield each translation call whose words stand in the call: inside f-strings, and under other names too."""
    nodes = list(ast.walk(ast.parse(text)))
    imports = (node for node in nodes if isinstance(node, ast.ImportFrom) and node.module == TRANSLATION)
    called = {alias.asname: alias.name for node in imports for alias in node.names if alias.asname}
    for node in nodes:
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        name = called.get(name, name)
        if name not in KEYWORDS:
            continue
        places = KEYWORDS[name] or (1,)
        told = [argument.value for argument in node.args[: len(places)] if isinstance(argument, ast.Constant)]
        words = [word for word in told if isinstance(word, str)]
        if len(words) == len(places):
            context = words.pop(0) if "pgettext" in name else ""
            yield (context, words[0], words[1] if len(words) > 1 else "")


def in_template(text: str, origin: str) -> Iterator[Key]:
    """Yield each translation of a template; indentation would only confuse the reader of Python."""
    python = "\n".join(line.lstrip() for line in templatize(text, origin=origin).splitlines())
    for _, message, _, context in extract("python", io.BytesIO(python.encode()), keywords=KEYWORDS):
        first, plural = (message[0], message[1]) if isinstance(message, tuple) else (message, "")
        yield (context or "", first, plural or "")


def traditional(entries: list[polib.POEntry], overrides: dict[str, str]) -> polib.POFile:
    """Make the traditional catalogue: OpenCC with Taiwan's phrases, after what `overrides` says otherwise."""
    convert = OpenCC("s2twp").convert
    phrases = sorted(overrides, key=len, reverse=True)

    def turned(text: str) -> str:
        kept: list[str] = []
        for phrase in phrases:
            if phrase in text:
                text = text.replace(phrase, chr(0xE000 + len(kept)))  # private characters pass through OpenCC
                kept.append(overrides[phrase])
        text = convert(text)
        for number, phrase in enumerate(kept):
            text = text.replace(chr(0xE000 + number), phrase)
        return text

    catalogue = empty("zh_Hant")
    for entry in entries:
        plural = {number: turned(text) for number, text in entry.msgstr_plural.items()}
        catalogue.append(made(key_of(entry), turned(entry.msgstr), plural))
    return catalogue


def empty(language: str) -> polib.POFile:
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {**HEADER, "Language": language}
    return catalogue


def made(key: Key, text: str, plural: dict[int, str]) -> polib.POEntry:
    context, words, plural_words = key
    entry = polib.POEntry(msgid=words, msgstr=text, msgctxt=context or None, msgid_plural=plural_words)
    if plural_words:
        entry.msgstr, entry.msgstr_plural = "", plural or {0: ""}
    if HOLES.search(words):
        entry.flags = ["python-format"]
    return entry


def key_of(entry: polib.POEntry) -> Key:
    return (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def simplified(keys: set[Key], known: polib.POFile) -> polib.POFile:
    """Keep what is translated, drop what no page says any more, leave room for what is new."""
    have = {key_of(entry): entry for entry in known}
    catalogue = empty("zh_Hans")
    for key in sorted(keys, key=lambda key: (key[1], key[0])):
        old = have.get(key)
        catalogue.append(made(key, old.msgstr if old else "", dict(old.msgstr_plural) if old else {}))
    return catalogue


def problems(keys: set[Key], known: polib.POFile) -> list[str]:
    """Name each word without Chinese, each unsure or unused one, and each whose placeholders were lost."""
    have = {key_of(entry): entry for entry in known}
    found = [
        f"no Chinese: {key[1]!r}"
        for key in sorted(keys, key=lambda key: key[1])
        if not (key in have and all(texts(have[key])))
    ]
    for key, entry in have.items():
        if entry.fuzzy:
            found.append(f"unsure (fuzzy): {key[1]!r}")
        if key not in keys:
            found.append(f"no longer said anywhere: {key[1]!r}")
        holes = set(HOLES.findall(f"{key[1]} {key[2]}"))
        if any(text and not set(HOLES.findall(text)) <= holes for text in texts(entry)):
            found.append(f"a placeholder that the sentence does not have: {key[1]!r}")
    return found


def read_overrides(file: Path) -> dict[str, str]:
    """Read lines of `simplified<TAB>traditional`: words, or whole sentences, that OpenCC would turn otherwise."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    pairs = (line.split("\t", 1) for line in lines if "\t" in line and not line.startswith("#"))
    return {simple: trad for simple, trad in pairs}


def main(arguments: list[str]) -> int:
    """Write both catalogues; with --check write nothing. Exit code 1 while anything is missing."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    source = Path(__file__).resolve().parents[1] / "src" / "huiyin"
    hans, hant = (source / "locale" / language / "LC_MESSAGES" / "django.po" for language in ("zh_Hans", "zh_Hant"))
    keys = collect(source)
    known = polib.pofile(str(hans), wrapwidth=0) if hans.exists() else empty("zh_Hans")
    check = "--check" in arguments
    if not check:
        known = simplified(keys, known)
    made_hant = traditional(list(known), read_overrides(source / "locale" / "overrides_zh_Hant.tsv"))
    found = problems(keys, known)
    if check:
        there = polib.pofile(str(hant), wrapwidth=0) if hant.exists() else empty("zh_Hant")
        if {key_of(e): texts(e) for e in there} != {key_of(e): texts(e) for e in made_hant}:
            found.append("the traditional Chinese is behind the simplified: run `python3 x words`")
    else:
        for catalogue, file in ((known, hans), (made_hant, hant)):
            file.parent.mkdir(parents=True, exist_ok=True)
            catalogue.save(str(file))
    print("\n".join([*found, f"{len(keys)} sentences, {len(found)} problems"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
