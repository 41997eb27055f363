"""What the coach says to words, as a page shows it: the text with its marks, each finding, or the crisis sheet."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from huiyin.complaints import wording
from huiyin.complaints.models import Complaint
from huiyin.complaints.wording import Writing
from huiyin.interfaces.web.knowledge.guide import Playbook, crisis_sheet
from huiyin.knowledge import coach


@dataclass(frozen=True)
class CoachMark:
    """A finding as the page shows it: the words it is about, and whether it holds the message back."""

    number: int
    words: str
    mark: coach.Mark


@dataclass(frozen=True)
class Coached:
    """What was found in a text. Where somebody may be in danger `crisis` opens and nothing else is said."""

    text: str
    marks: tuple[CoachMark, ...] = ()
    crisis: Playbook | None = None
    danger: bool = False

    @property
    def marked(self) -> SafeString:
        """The text with each finding underlined and numbered."""
        pieces: list[tuple[str, str, str, str]] = []
        last = 0
        for one in self.marks:
            if one.mark.start < last or not one.words:
                continue
            shade = "bad" if one.mark.blocks else "warn"
            pieces.append((self.text[last : one.mark.start], shade, one.words, str(one.number)))
            last = one.mark.end
        body = format_html_join("", '{}<mark class="{}">{}</mark><sup>{}</sup>', pieces)
        return format_html("{}{}", body, self.text[last:])


def coached(complaint: Complaint, text: str, writing: Writing, *, at: datetime) -> Coached:
    """Read a text as it stands: the same reading as when it is sent."""
    text = text.replace("\r\n", "\n")  # as the browser counts its characters
    marks = wording.read(complaint, text, writing, at=at)
    if any(mark.crisis for mark in marks) and writing.person is not None:
        return Coached(text, crisis=crisis_sheet(writing.person, complaint, at), danger=True)
    shown = tuple(CoachMark(place, text[one.start : one.end], one) for place, one in enumerate(marks, start=1))
    return Coached(text, shown)
