"""Scripts that were put into a message: kept on the timeline with the message that went out (S2-04)."""

from contextlib import suppress

from django.http import QueryDict

from huiyin.complaints.steps import guiding
from huiyin.complaints.steps.guiding import Use, Way
from huiyin.interfaces.common.run import run
from huiyin.interfaces.web.case.here import Here
from huiyin.rules import Refusal

MOST = 5


def note_scripts(given: QueryDict, here: Here) -> None:
    """Note each script that was inserted: said as it stood, or put into one's own words.

    The message has gone out by now; an entry that was retired meanwhile is not worth stopping for.
    """
    said = given.get("text", "")
    for uses, words in list(zip(given.getlist("script"), given.getlist("script_words"), strict=False))[:MOST]:
        kind, _colon, rest = uses.partition(":")
        code, _at, version = rest.rpartition("@")
        if not version.isdecimal() or len(version) > 8:
            continue
        way = Way.FOLLOWED if words.strip() and words.strip() in said else Way.REWORDED
        use = Use(kind, code, int(version), way)
        with suppress(Refusal):
            run(guiding.record_guidance, here.complaint.pk, use, actor=here.actor, at=here.at)
