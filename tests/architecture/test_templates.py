"""Pages obey the content security policy and say nothing that could not be said in another language."""

import re
from html.parser import HTMLParser

from tests.architecture.source import PACKAGE

TRANSLATED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
SILENT = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}|<!--.*?-->", re.DOTALL)
# A page fills the class of a sheet that its parent drew.
CLASS_BLOCK = re.compile(r"{%\s*block\s+(?:\w+_class|body_kind)\s*%}.*?{%\s*endblock.*?%}", re.DOTALL)
TAGS = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
WORD = re.compile(r"[A-Za-z]{3,}|[㐀-鿿]")
SPOKEN = {"alt", "title", "placeholder", "aria-label", "aria-description", "aria-valuetext"}
UNSPOKEN = ("script", "style", "kbd", "code")
# Names are the same in every language.
NAMES = re.compile(r"Huiyin|HUIYIN|OpenAPI|English|简体中文|繁體中文|JSON|慧音|回音")


class Page(HTMLParser):
    """Collects what the policy forbids and every word a reader would see untranslated."""

    def __init__(self) -> None:
        super().__init__()
        self.forbidden: list[str] = []
        self.said: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in given and given.get("type") != "application/json"):
            self.forbidden.append(f"<{tag}>")
        if tag in UNSPOKEN:
            self.inside.append(tag)
        for name, value in attrs:
            if name == "style" or name.startswith(("on", "hx-on")) or str(value).strip().startswith("javascript:"):
                self.forbidden.append(name)
            if name in SPOKEN and WORD.search(NAMES.sub("", value or "")):
                self.said.append(value)

    def handle_endtag(self, tag):
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data):
        if not self.inside and WORD.search(NAMES.sub("", data)):
            self.said.append(data.strip())


def read(file) -> Page:
    text = file.read_text(encoding="utf-8")
    for pattern in (SILENT, TRANSLATED, CLASS_BLOCK, TAGS):
        text = pattern.sub("", text)
    page = Page()
    page.feed(text)
    return page


def test_no_page_holds_script_or_style_of_its_own(templates):
    forbidden = {file.relative_to(PACKAGE).as_posix(): read(file).forbidden for file in templates}

    assert {name: found for name, found in forbidden.items() if found} == {}


def test_every_word_on_a_page_is_marked_for_translation(templates):
    """The living pages show what a component looks like with a person's words in it; those words are samples."""
    spoken = [file for file in templates if not file.name.startswith("living_")]
    said = {file.relative_to(PACKAGE).as_posix(): read(file).said for file in spoken}

    assert {name: found for name, found in said.items() if found} == {}
