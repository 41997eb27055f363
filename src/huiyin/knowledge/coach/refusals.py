"""Why words cannot go out."""

from django.utils.translation import gettext_lazy as _

from huiyin.knowledge import rules
from huiyin.knowledge.coach.marks import Mark
from huiyin.rules import Refusal


class WordsBlocked(Refusal):
    rule = rules.FORMULAIC_APOLOGY
    sentence = _("This message cannot go out: %(why)s")
    unblock = _("Change the words that are marked.")

    def __init__(self, marks: tuple[Mark, ...]) -> None:
        self.marks = marks
        # The refusal speaks in the name of the first rule that was broken.
        self.rule = marks[0].rule  # type: ignore[misc]
        super().__init__(why=" ".join(dict.fromkeys(mark.why for mark in marks)))


class EmptyWords(Refusal):
    rule = rules.EMPTY_MESSAGE
    sentence = _("The message is empty.")
    unblock = _("Write what the customer should know.")


class NoTimeInWords(Refusal):
    rule = rules.PENDING_WITHOUT_TIME
    sentence = _("The customer is left waiting without a time.")
    unblock = _("Say what happens next and until when.")


def require(marks: tuple[Mark, ...]) -> None:
    """Refuse words with a blocking finding; hints pass."""
    blocking = tuple(mark for mark in marks if mark.blocks)
    if not blocking:
        return
    codes = {mark.rule.code for mark in blocking}
    if rules.EMPTY_MESSAGE.code in codes:
        raise EmptyWords()
    if codes == {rules.PENDING_WITHOUT_TIME.code}:
        raise NoTimeInWords()
    raise WordsBlocked(blocking)
