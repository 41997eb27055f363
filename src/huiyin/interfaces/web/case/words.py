"""The part of a form that asks for words to the customer, or for the reason why none are said (S2-30)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints import addresses, compound, conversation, rules
from huiyin.complaints.conversation import Say, Skip
from huiyin.complaints.lifecycle import MOVES
from huiyin.complaints.models import Apology, Channel, Promise
from huiyin.complaints.promises import Spoken
from huiyin.complaints.wording import WAITING, Writing
from huiyin.interfaces.web.case.base import About, StepForm
from huiyin.interfaces.web.case.coaching import Coached, coached
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
# Every rule of the coach is about the words, but the one that wants a time.
ABOUT_WORDS: About = {
    **{kind.rule.code: "text" for kind in coach.KINDS.values()},
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
        self.coached: Coached | None = None
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
        waits = (row.target if row else self.here.complaint.state) in WAITING
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
            self.coached = coached(self.here.complaint, value, self.writing(), at=self.here.at)

    def writing(self) -> Writing:
        """What the coach may know of the message besides its words, as far as the form can be read."""
        return Writing(
            person=self.here.person,
            move=self.move,
            next_at=_time(self["next_at"].value()),
            apology=self["apology"].value() or "",
        )

    @property
    def telling(self) -> Any:
        """The fields of the words, for the template, by name; what is not asked is empty."""
        return {name: self[name] if name in self.fields else None for name in PARTS}


def _time(value: Any) -> datetime | None:
    """A time as it stands in the form, which may be no time at all yet."""
    try:
        found = TimeField().clean(value)
    except forms.ValidationError:
        return None
    return found if isinstance(found, datetime) else None


def promise_words(row: Promise, at: datetime) -> str:
    when = times.moment(row.due_at, at)
    if row.due_at < at:
        return _("%(what)s, promised until %(when)s, overdue") % {"what": row.what, "when": when}
    return _("%(what)s, promised until %(when)s") % {"what": row.what, "when": when}
