"""The part of a form that asks for words to the customer, or for the reason why none are said (S2-30)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints import addresses, compound, conversation, rules
from huiyin.complaints.conversation import Say, Skip
from huiyin.complaints.lifecycle import MOVES
from huiyin.complaints.models import Apology, Channel, Complaint, Promise
from huiyin.complaints.promises import Spoken
from huiyin.interfaces.web.case.base import About, StepForm
from huiyin.interfaces.web.case.fields import SPOKEN_WAYS, TimeField, choice_field, line_field, words_field
from huiyin.interfaces.web.components import times
from huiyin.knowledge import coach
from huiyin.knowledge import rules as wording
from huiyin.policy import clocks

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SAY, SKIP = "say", "skip"
TELL = ((SAY, gettext_lazy("Tell the customer")), (SKIP, gettext_lazy("Say nothing, with a reason")))
PARTS = ("tell", "text", "apology", "medium", "keeps", "next_what", "next_at", "skip_reason")
ABOUT_WORDS: About = {
    wording.FORMULAIC_APOLOGY.code: "text",
    wording.EMPTY_MESSAGE.code: "text",
    wording.PENDING_WITHOUT_TIME.code: "next_at",
    rules.ACK_NAMES_A_TIME.code: "next_at",
    rules.NEXT_PROMISE.code: "next_at",
    rules.PROMISE_AHEAD.code: "next_at",
    rules.PROMISE_WITHIN.code: "next_at",
    rules.SAID_AS_PROMISED.code: "text",
    rules.PROGRESS_PROMISED.code: "next_at",
    rules.PROMISE_OPEN.code: "keeps",
    rules.LIABILITY_AFTER_FINDING.code: "apology",
    rules.APOLOGY_OWED.code: "apology",
    rules.TELL_OR_SAY_WHY.code: "skip_reason",
    rules.ONE_CONTACT.code: "tell",
}


@dataclass(frozen=True)
class CoachMark:
    """A finding as the page shows it: the words it is about, and whether it holds the message back."""

    number: int
    words: str
    mark: coach.Mark


class PromisesField(forms.MultipleChoiceField):
    """The running promises a message keeps."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.CheckboxSelectMultiple, **kwargs)


class WordsForm(StepForm):
    """A form whose step tells the customer, or says why not. `words()` gives what the step wants.

    The field is called `text`, as in the composer of the case page, so that both may be sent to the same address.
    """

    tell = forms.ChoiceField(
        label=gettext_lazy("Does the customer hear of it?"), choices=TELL, required=False, widget=forms.RadioSelect
    )
    text = words_field(gettext_lazy("Message to the customer"), rows=4)
    apology = choice_field(gettext_lazy("Apology"), Apology.choices)
    medium = choice_field(gettext_lazy("Told by"), SPOKEN_WAYS)
    keeps = PromisesField(label=gettext_lazy("This message keeps"))
    next_at = TimeField(label=gettext_lazy("Next news until"))
    next_what = line_field(gettext_lazy("What is promised"), most=300)
    skip_reason = line_field(gettext_lazy("Why nothing is said"), most=300)

    apart: ClassVar[frozenset[str]] = frozenset(PARTS)
    may_skip: ClassVar[bool] = True
    # A reply usually brings what was promised; a step on the way does not, and must not swallow a promise.
    keeps_nearest: ClassVar[bool] = False
    # Where another person speaks to the customer, saying nothing is the usual way, for this reason.
    leaves_it: "ClassVar[str | _StrPromise]" = ""
    first_words: "ClassVar[str | _StrPromise]" = gettext_lazy("The next news")

    @property
    def agreed(self) -> str:
        """What the departments agreed the customer is told (S0-34)."""
        return compound.voice(self.here.complaint)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.coached: tuple[CoachMark, ...] | None = None
        super().__init__(*args, **kwargs)
        self._prepare_words()

    def _prepare_words(self) -> None:
        here = self.here
        ways = self._ways()
        self.fields["medium"].choices = ways  # type: ignore[attr-defined]
        known = {code for code, _label in ways}
        self.initial.setdefault("medium", here.complaint.channel if here.complaint.channel in known else "phone")
        self.initial.setdefault("tell", SKIP if self.leaves_it or not here.speaks else SAY)
        self.initial.setdefault("skip_reason", self.leaves_it or ("" if here.speaks else _("The owner tells it.")))
        kept = here.running[:1] if self.keeps_nearest else []
        self.initial.setdefault("keeps", [row.pk for row in kept])
        keeps = self.fields["keeps"]
        assert isinstance(keeps, PromisesField)
        keeps.choices = [(row.pk, promise_words(row, here.at)) for row in here.running]
        if not here.running:
            del self.fields["keeps"]
        if not self.may_skip:
            del self.fields["tell"], self.fields["skip_reason"]
        if self._needs_a_time(kept):
            self.initial.setdefault("next_at", self.hint())
            self.initial.setdefault("next_what", str(self.first_words))

    def _ways(self) -> list[tuple[str, Any]]:
        """The ways to tell this customer: no e-mail where no address is known."""
        mail = addresses.known(self.here.complaint, [conversation.MAIL])
        return [(code, label) for code, label in SPOKEN_WAYS if mail or code != Channel.EMAIL]

    def _needs_a_time(self, kept: list[Promise]) -> bool:
        row = MOVES.get(self.move)
        waits = (row.target if row else self.here.complaint.state) in conversation.WAITING
        left = [one for one in self.here.running if one not in kept and one.due_at > self.here.at]
        return waits and not left

    def hint(self) -> datetime:
        """A time that can be held: today's end of service, or the next working day's noon (AMB-06)."""
        return clocks.acknowledgement_due(self.here.pack, self.here.at)

    def words(self) -> Say | Skip:
        """What was said, or why nothing is."""
        given = self.cleaned_data
        if self.may_skip and given.get("tell") == SKIP:
            return Skip(given["skip_reason"].strip())
        return self.say()

    def say(self) -> Say:
        given = self.cleaned_data
        due_at = given.get("next_at")
        what = given.get("next_what", "").strip() or str(self.first_words)
        return Say(
            given["text"],
            keeps=tuple(int(one) for one in given.get("keeps", ())),
            next=Spoken(what, due_at) if due_at else None,
            apology=Apology(given.get("apology") or Apology.NONE),
            medium=given.get("medium") or "",
        )

    def refuse(self, refusal: Any) -> None:
        """Show beside the words what the coach found in them."""
        self.about = {**ABOUT_WORDS, **self.about}  # type: ignore[misc]
        super().refuse(refusal)
        self.coach()

    def look_again(self) -> None:
        self.coach()

    def coach(self) -> None:
        """Read the words as they stand."""
        value = self["text"].value() or ""
        if value.strip():
            promised = bool(self["next_at"].value())
            self.coached = found_in(self.here.complaint, value, step=self.move, names_a_time=promised)

    @property
    def telling(self) -> Any:
        """The fields of the words, for the template, by name; what is not asked is empty."""
        return {name: self[name] if name in self.fields else None for name in PARTS}

    @property
    def marked_words(self) -> SafeString:
        return marked_text(self["text"].value() or "", self.coached or ())


def found_in(complaint: Complaint, text: str, *, step: str, names_a_time: bool) -> tuple[CoachMark, ...]:
    """What the coach says to a text, in the order of its words."""
    context = coach.Context(
        step=step,
        scene=conversation.scene_of(complaint),
        names_a_time=names_a_time,
        waiting=complaint.state in conversation.WAITING,
    )
    marks = coach.check(text, context)
    return tuple(CoachMark(place, text[one.start : one.end], one) for place, one in enumerate(marks, start=1))


def marked_text(text: str, found: tuple[CoachMark, ...]) -> SafeString:
    """The text with each finding underlined and numbered."""
    pieces: list[tuple[str, str, str, str]] = []
    last = 0
    for one in found:
        if one.mark.start < last or not one.words:
            continue
        pieces.append((text[last : one.mark.start], "bad" if one.mark.blocks else "warn", one.words, str(one.number)))
        last = one.mark.end
    body = format_html_join("", '{}<mark class="{}">{}</mark><sup>{}</sup>', pieces)
    return format_html("{}{}", body, text[last:])


def promise_words(row: Promise, at: datetime) -> str:
    when = times.moment(row.due_at, at)
    if row.due_at < at:
        return _("%(what)s, promised until %(when)s, overdue") % {"what": row.what, "when": when}
    return _("%(what)s, promised until %(when)s") % {"what": row.what, "when": when}
