"""How the proof was weighed: what each piece says, contradictions, the customer's account, appraisals."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from huiyin.complaints.guards import proof, weighing
from huiyin.complaints.guards.proof import Matter
from huiyin.complaints.models import ACCOUNT, Appraisal, Bearing, Stance
from huiyin.complaints.states import AFTER_REGISTRATION, Seat, State
from huiyin.interfaces.web.desk.presenters.looker import Looker

KEEPERS = (Seat.OWNER, Seat.DUTY, Seat.SUPERVISOR)
TONES = {Stance.SUPPORTS: "ok", Stance.CONTRADICTS: "warn", Stance.SILENT: ""}


@dataclass(frozen=True)
class Says:
    """What a piece of proof says about one matter."""

    matter: str
    stance: str
    tone: str


@dataclass(frozen=True)
class Weighed:
    """One matter: the proof for and against it, and what is believed."""

    title: str
    supported: int
    contradicted: int
    open: bool
    text: str
    by: str
    url: str


@dataclass(frozen=True)
class Appraised:
    body: str
    question: str
    status: str
    status_word: str
    expected_on: date
    fee: Decimal | None
    bearer: str
    company_part: Decimal
    shared: bool
    conclusion: str
    done_url: str
    over_url: str


def bearings(looker: Looker) -> dict[int, list[Says]]:
    """What each piece of proof says, by the piece: one query for all of them."""
    found: dict[int, list[Says]] = {}
    for row in Bearing.objects.filter(complaint=looker.complaint):
        stance = Stance(row.stance)
        said = Says(title(looker, row.about), str(stance.label), TONES[stance])
        found.setdefault(row.evidence_id, []).append(said)
    return found


def weighed(looker: Looker, verdicts: Mapping[str, bool]) -> list[Weighed]:
    """Every matter the proof speaks of, and the customer's account, which always waits to be weighed."""
    complaint = looker.complaint
    spoken = {row.about: row for row in proof.read(complaint).matters}
    spoken.setdefault(ACCOUNT, Matter(ACCOUNT))
    texts = weighing.weighings(complaint.pk, complaint.round)
    may = complaint.state == State.INVESTIGATING and looker.may("complaint.find", Seat.HANDLER, Seat.LEADER)
    listed = []
    for row in spoken.values():
        known = texts.get(row.about)
        stale = known is None or (row.newest is not None and known.at < row.newest)
        listed.append(
            Weighed(
                title=title(looker, row.about),
                supported=row.supported,
                contradicted=row.contradicted,
                open=stale and (row.about == ACCOUNT or weighing.contradicted(row, verdicts)),
                text=looker.eyes.text(known.text) if known else "",
                by=known.by.name if known else "",
                url=f"{looker.step('weigh')}?item={row.about}" if may else "",
            )
        )
    return listed


def title(looker: Looker, about: str) -> str:
    """A matter in words; a cause that the pack lists no more shows its code."""
    try:
        return weighing.title_of(looker.pack, about)
    except KeyError:
        return about


def appraisals(looker: Looker) -> list[Appraised]:
    """Appraisals with their fee; the one under way with what can be done about it."""
    may = looker.complaint.state in AFTER_REGISTRATION
    may = may and looker.may("complaint.note", *KEEPERS, Seat.HANDLER, Seat.LEADER)
    return [_appraised(row, looker, may) for row in Appraisal.objects.filter(complaint=looker.complaint)]


def _appraised(row: Appraisal, looker: Looker, may: bool) -> Appraised:
    open_now = may and row.status == Appraisal.Status.COMMISSIONED
    return Appraised(
        body=looker.eyes.text(row.body),
        question=looker.eyes.text(row.question),
        status=row.status,
        status_word=str(row.get_status_display()),
        expected_on=row.expected_on,
        fee=row.fee,
        bearer=str(row.get_fee_bearer_display()),
        company_part=row.company_part,
        shared=row.fee_bearer == "shared",
        conclusion=looker.eyes.text(row.conclusion),
        done_url=looker.step("appraisal_done", row.pk) if open_now else "",
        over_url=looker.step("appraisal_over", row.pk) if open_now else "",
    )
