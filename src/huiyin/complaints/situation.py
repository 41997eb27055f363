"""What guidance may know of a case: the situation filled from its rows, and the slots scripts can use (decision 14)."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max

from huiyin.complaints import promises, queries
from huiyin.complaints.models import Complaint, Demand, Direction, Emotion, EmotionEntry, Interaction
from huiyin.complaints.states import GROUPS, Group, State
from huiyin.complaints.wording import is_resolved, scene_of
from huiyin.knowledge.situation import Situation
from huiyin.knowledge.slots import impact_words, scene_words
from huiyin.people.models import Person, Tier
from huiyin.people.roles import can
from huiyin.policy import clocks
from huiyin.policy.packs.schema import Pack

OFFERED = (State.OFFERING, *GROUPS[Group.EXECUTION], *GROUPS[Group.CLOSING])


def situation(complaint: Complaint, reader: Person, *, at: datetime, step: str = "", company: str = "") -> Situation:
    """The situation of a case for one reader; a name that he may not see fills no slot (S0-06)."""
    pack = promises.pack_of(complaint)
    emotion = EmotionEntry.objects.filter(complaint=complaint).order_by("-at", "-pk").first()
    last = Interaction.objects.filter(complaint=complaint, direction=Direction.OUT).aggregate(at=Max("at"))["at"]
    form = getattr(complaint, "registration", None)
    ahead = sorted(promises.ahead(complaint, at), key=lambda row: row.due_at)
    level = emotion.level if emotion else 0
    due_at = ahead[0].due_at if ahead else clocks.acknowledgement_due(pack, at)
    slots = _slots(complaint, reader, pack, at=at, due_at=due_at, emotion=emotion)
    return Situation(
        on=at.astimezone(ZoneInfo(pack.zone)).date(),
        state=complaint.state,
        step=step,
        emotion=level,
        soothed=bool(emotion and last and last > emotion.at),
        spoken_to=last is not None,
        answered=complaint.state != State.RECEIVED,
        restated=bool(form and form.restatement_confirmed_at),
        facts_known=complaint.state not in (State.RECEIVED, State.ACKNOWLEDGED),
        time_named=bool(ahead),
        offered=complaint.state in OFFERED,
        resolved=is_resolved(complaint, level),
        escalated=complaint.escalated,
        category=complaint.category,
        product=complaint.product,
        callers=callers(complaint, level),
        words=scene_of(complaint),
        slots={**slots, "company": company},
        language=complaint.customer.language,
    )


def callers(complaint: Complaint, emotion: int) -> tuple[str, ...]:
    """What kinds of caller this is, as somebody noted and as far as the case says; the gravest first (S2-42)."""
    found = (
        (complaint.media, "media"),
        (complaint.unreasonable, "unreasonable"),
        (complaint.external, "rights"),
        (complaint.repeat_of_id is not None or complaint.round > 1, "repeat"),
        (emotion >= Emotion.ANGRY, "angry"),
        (complaint.customer.tier == Tier.GOLD, "vip"),
    )
    noted = [complaint.caller] if complaint.caller else []
    return tuple(dict.fromkeys([*noted, *(code for holds, code in found if holds)]))


def _slots(complaint: Complaint, reader: Person, pack: Pack, **known: Any) -> dict[str, str]:
    form = getattr(complaint, "registration", None)
    emotion: EmotionEntry | None = known["emotion"]
    demand = Demand.objects.filter(complaint=complaint, dropped_at=None).first()
    sees = can(reader, "complaint.reveal") and queries.sees_contacts(reader, complaint)
    zone = ZoneInfo(pack.zone)
    notes = [form.emotion_note if form else "", emotion.note if emotion else ""]
    said = [form.matter if form else "", complaint.text]
    found = {
        "name": complaint.customer.name if sees else "",
        "agent": reader.name,
        "number": complaint.number,
        "product": complaint.product or (form.object if form else ""),
        "order": complaint.order_number,
        "when": said_when(complaint.received_at, known["at"], zone),
        "deadline": said_when(known["due_at"], known["at"], zone),
        "scene": scene_words(*said, complaint.title),
        "matter": scene_words(complaint.title, *said),
        "impact": impact_words(*notes, *said, complaint.title),
        "demand": demand.text if demand else "",
        "amount": f"{complaint.amount:,.2f} 元" if complaint.amount is not None else "",
        "handler": complaint.handler.name if complaint.handler else "",
        "department": complaint.department.name if complaint.department else "",
    }
    return {name: value.strip() for name, value in found.items()}


def said_when(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """A time as one says it to a customer: 今天18:00, 明天12:00, 3月7日12:00."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    days = (local.date() - today).days
    day = {-1: "昨天", 0: "今天", 1: "明天"}.get(days, f"{local.month}月{local.day}日")
    return f"{day}{local:%H:%M}"
