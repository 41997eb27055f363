"""What is offered and what is being done: what the complainant gets and when, never what it costs us."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from huiyin.complaints.models import Action, Option, RemedyLine
from huiyin.interfaces.web.components import times
from huiyin.interfaces.web.components.pieces import amount_words
from huiyin.interfaces.web.portal.reading import Facts

# Remedies whose amount is money for the customer; elsewhere it is what the goods are worth to us.
MONEY = frozenset({"return", "price_cut", "compensation", "goodwill"})


@dataclass(frozen=True)
class Choice:
    """One option: its name and what belongs to it."""

    id: int
    title: str
    parts: tuple[str, ...]
    answers: tuple[str, ...]
    within: str


@dataclass(frozen=True)
class Doing:
    """One thing that was promised: done or not, by when, since when."""

    title: str
    amount: str
    due_at: datetime
    done_at: datetime | None
    arrived_at: datetime | None
    reference: str

    def is_late(self, now: datetime) -> bool:
        return self.done_at is None and now > self.due_at


def offered(facts: Facts) -> list[Choice]:
    return [_choice(option, facts) for option in facts.offered]


def _choice(option: Option, facts: Facts) -> Choice:
    minutes = option.execute_within_minutes
    return Choice(
        id=option.pk,
        title=option.title,
        parts=tuple(_part(line, facts) for line in option.lines.all()),
        answers=tuple(dict.fromkeys(answer.text for answer in option.answers.all())),
        within=_("Done within %(time)s of your choice") % {"time": times.duration(minutes * 60)} if minutes else "",
    )


def _part(line: RemedyLine, facts: Facts) -> str:
    amount = money(line.remedy, line, facts)
    return _("%(what)s %(amount)s") % {"what": line.title, "amount": amount} if amount else line.title


def money(remedy: str, row: RemedyLine | Action, facts: Facts) -> str:
    """The amount in words where it is money he receives."""
    kinds = {known.code: known.kind for known in facts.pack.remedies}
    if not row.amount or kinds.get(remedy, "") not in MONEY:
        return ""
    return amount_words(row.amount, facts.pack.currency)


def being_done(facts: Facts) -> list[Doing]:
    """The remedies of this round, the done ones with their proof."""
    return [
        Doing(
            title=row.title,
            amount=money(row.remedy, row, facts),
            due_at=row.due_at,
            done_at=row.done_at,
            arrived_at=row.arrived_at,
            reference=row.proof_reference,
        )
        for row in facts.actions
    ]
