"""The codes that entries are filed under, and their names; any other code is shown as it is written."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Names = Mapping[str, "str | _StrPromise"]
ANY = ("", "any")

# When a script is said.
STEPS: Names = {
    "greeting": _("Greeting"),
    "offer_help": _("Offering help"),
    "soothe": _("Soothing"),
    "acknowledge": _("First answer"),
    "restate": _("Restating"),
    "ask": _("Asking for facts"),
    "register": _("Registering"),
    "investigate": _("Investigating"),
    "progress": _("News on the way"),
    "check_and_call_back": _("Checking and calling back"),
    "explain": _("Explaining"),
    "plan": _("Preparing options"),
    "offer": _("Offering options"),
    "refuse": _("Refusing with an alternative"),
    "consent": _("Asking for consent"),
    "execute": _("Telling what was done"),
    "follow_up": _("Calling back"),
    "review": _("Looking back"),
    "recommend": _("Reminding and suggesting"),
    "farewell": _("Farewell"),
    "hold": _("Holding a special caller"),
}
# What it is about.
SCENES: Names = {
    "damage": _("Damage, scratches"),
    "leak": _("Leaks"),
    "fault": _("Does not work"),
    "missing": _("Something missing"),
    "wrong_item": _("Wrong item"),
    "not_as_described": _("Not as described"),
    "safety": _("Safety"),
    "delay": _("Late delivery"),
    "lost": _("Lost parcel"),
    "return": _("Return or exchange"),
    "repair": _("Repair"),
    "refund": _("Refund"),
    "price": _("Price"),
    "promotion": _("Terms of a promotion"),
    "invoice": _("Invoice"),
    "charge": _("Wrong charge"),
    "attitude": _("Attitude"),
    "waiting": _("Long waiting"),
    "privacy": _("Private data"),
    "signal": _("Weak coverage"),
    "dropped_call": _("Dropped calls"),
    "outage": _("Network outage"),
    "billing": _("Disputed bill"),
    "booking": _("Table booking"),
    "discount_refused": _("Discount refused"),
    "seat_taken": _("Seat taken"),
    "event": _("An event is spoilt"),
    "child": _("Something for a child"),
    "elderly": _("An elderly customer"),
    "gift": _("A present"),
    "work": _("Work is held up"),
    "danger": _("Danger to people"),
    "crisis": _("Somebody at risk"),
    "abuse": _("Abuse"),
    "threat": _("Threats"),
    "exposure": _("Exposure in public"),
    "legal": _("Lawyers and courts"),
    "fraud": _("Suspected fraud"),
    "mass": _("Many at once"),
    "visit": _("A visit in person"),
    "written": _("A letter"),
    "sensitive_date": _("A sensitive date"),
    "media": _("Press"),
    "rights": _("Rights activist"),
    "help": _("Caller in need"),
    "harassment": _("Harassing caller"),
    "professional": _("Professional claimant"),
    "unreasonable": _("Unreasonable by decision"),
    "repeat": _("Repeat complainant"),
    "leader_referral": _("Referred from above"),
    "regulator": _("Regulator"),
    "vulnerable": _("Vulnerable customer"),
}
# When a coaching card is shown.
MOMENTS: Names = {
    "first_contact": _("First contact"),
    "before_contact": _("Before any contact"),
    "calm": _("Calm customer"),
    "anxious": _("Anxious customer"),
    "disappointed": _("Disappointed customer"),
    "angry": _("Angry customer"),
    "hostile": _("Hostile customer"),
    "silent": _("Silent customer"),
    "media": _("Press"),
    "rights": _("Rights activist"),
    "help": _("Caller in need"),
    "harassment": _("Harassing caller"),
    "crisis": _("Somebody at risk"),
    "restating": _("While restating"),
    "investigating": _("While it is investigated"),
    "not_knowing": _("When one does not know"),
    "bad_news": _("Bad news"),
    "offering": _("While offering"),
    "refusing": _("While refusing"),
    "excessive_demand": _("Excessive demand"),
    "negotiating": _("While negotiating"),
    "following_up": _("While calling back"),
    "recommending": _("After it is solved"),
    "confidence": _("Confidence"),
    "warm": _("Warmth"),
    "after_call": _("After a hard call"),
    "handover": _("Handing over"),
}
# Who calls, as playbooks tell people apart.
CALLERS: Names = {
    "angry": _("Angry caller"),
    "difficult": _("Difficult caller"),
    "rights": _("Rights activist"),
    "media": _("Press"),
    "help": _("Caller in need"),
    "harassment": _("Harassing caller"),
    "professional": _("Professional claimant"),
    "unreasonable": _("Unreasonable by decision"),
    "repeat": _("Repeat complainant"),
    "elderly": _("Elderly caller"),
    "vip": _("Valued customer"),
    "leader_referral": _("Referred from above"),
    "regulator": _("Regulator"),
    "vulnerable": _("Vulnerable customer"),
}
TOPICS: Names = {
    "product": _("Product"),
    "after_sales": _("After-sales policy"),
    "competitor": _("Compared with others"),
    "process": _("How we work"),
    "delivery": _("Delivery"),
    "payment": _("Payment and refunds"),
    "membership": _("Membership and points"),
    "law": _("Law and standards"),
}
CONTENTS: Names = {
    "product": _("Product"),
    "service": _("Service"),
    "misunderstanding": _("Misunderstanding"),
    "price": _("Price"),
    "logistics": _("Logistics"),
    "network": _("Network"),
    "any": _("Whatever it is about"),
}
PURPOSES: Names = {
    "solution": _("Wants it solved"),
    "compensation": _("Wants compensation"),
    "respect": _("Wants respect"),
    "venting": _("Wants to be heard"),
    "explanation": _("Wants an explanation"),
    "caution": _("Wants it taken seriously"),
    "any": _("Whatever the purpose"),
}
PERSONALITIES: Names = {
    "hot": _("Hot-tempered"),
    "calm": _("Reasonable"),
    "stubborn": _("Stubborn"),
    "quiet": _("Quiet"),
    "anxious": _("Worried"),
    "sharp": _("Shrewd"),
    "any": _("Whatever the character"),
}
SLOTS_OF_ADVICE: Names = {
    "content": _("What it is about"),
    "purpose": _("What the customer is after"),
    "personality": _("What kind of person"),
}
SEVERITIES: Names = {"block": _("Holds a message back"), "hint": _("Hint")}
TURNS: Names = {"first": _("First message"), "last": _("Last message"), "any": _("Every message")}
# Categories of the phrase library (C14).
PHRASES: Names = {
    "stiff": _("Stiff"),
    "shirking": _("Shirking"),
    "blaming": _("Blaming"),
    "rebutting": _("Rebutting"),
    "impatient": _("Impatient"),
    "excusing": _("Excusing oneself"),
    "disparaging": _("Disparaging"),
    "threatening": _("Threatening"),
    "buck_passing": _("Passing the buck"),
    "company_work": _("Our work put on the customer"),
    "settlement": _("Forbidding complaints"),
    "recommendation": _("Recommending too early"),
    "pressure": _("Pressing"),
    "cold": _("Cold"),
    "overpromise": _("Promising too much"),
    "pending": _("Left waiting"),
    "vague_time": _("Vague time"),
    "subjective": _("What one feels"),
    "unpolished": _("Unpolished"),
    "crisis": _("Somebody in danger"),
}
# How a phrase is written down; a good one marks nothing, it is offered in place of the others.
NOTATIONS: Names = {
    "literal": _("As it stands"),
    "regex-lite": _("With gaps and choices"),
    "good": _("A wording worth using"),
}


def name_of(names: Names, code: str) -> str:
    """The name of a code; a code nobody declared speaks for itself."""
    return str(names.get(code, code))
