"""The operations that are no steps: which scope each needs, and what it is for; steps carry both in their own table."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from huiyin.interfaces.common.scopes import Scope

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Plain:
    """One operation; without a scope any token may."""

    scope: Scope | None
    summary: "str | _StrPromise"


PLAIN: dict[str, Plain] = {
    "receive": Plain(Scope.RECEIVE, _("File a complaint (T1)")),
    "list": Plain(Scope.READ, _("List cases by view and filters")),
    "detail": Plain(Scope.READ, _("Show a case in full")),
    "timeline": Plain(Scope.READ, _("Show the timeline, two hundred events at a time")),
    "promises": Plain(Scope.READ, _("Show every promise and clock with its reasons")),
    "evidence": Plain(Scope.READ, _("Show the evidence, and whether its files are unchanged")),
    "moves": Plain(Scope.READ, _("Show the moves from here and what stands against each")),
    "reveal_contact": Plain(Scope.REVEAL, _("Show one contact in full, with a reason that is kept")),
    "views": Plain(Scope.READ, _("Count the cases of each view")),
    "search": Plain(Scope.READ, _("Find cases by words")),
    "overview": Plain(Scope.READ, _("Count the open cases")),
    "approvals": Plain(Scope.READ, _("What waits for my signature")),
    "claims": Plain(Scope.READ, _("Claims that have not ended")),
    "unanswered": Plain(Scope.READ, _("Messages nobody has answered")),
    "enquiries": Plain(Scope.READ, _("Enquiries that wait for an answer")),
    "pass_on": Plain(Scope.RECEIVE, _("Pass a question on to a department")),
    "answer_enquiry": Plain(Scope.WRITE, _("Answer a question that was passed on")),
    "me": Plain(None, _("Who calls, and what this call may do")),
    "people": Plain(Scope.READ, _("Everybody who works here")),
    "departments": Plain(Scope.READ, _("The departments")),
    "packs": Plain(Scope.READ, _("The policy packs in force")),
    "categories": Plain(Scope.READ, _("Categories and causes of a pack")),
    "remedies": Plain(Scope.READ, _("Remedies and small kindnesses of a pack")),
    "knowledge": Plain(Scope.READ, _("Search and list the knowledge base")),
    "knowledge_entry": Plain(Scope.READ, _("Show an entry of the knowledge base with its versions")),
    "write_entry": Plain(Scope.WRITE, _("Put a new entry on a shelf")),
    "edit_entry": Plain(Scope.WRITE, _("Change an entry, with a reason")),
    "retire_entry": Plain(Scope.WRITE, _("Take an entry out of use")),
    "restore_entry": Plain(Scope.WRITE, _("Bring an entry back as it stood in a version")),
    "customer": Plain(Scope.READ, _("Show a customer over all his cases")),
    "guidance": Plain(Scope.READ, _("What to have at hand in a case")),
    "figures": Plain(Scope.READ, _("Every figure with its formula, beside the period before")),
    "quality": Plain(Scope.READ, _("What was measured about the service of a case")),
    "assess": Plain(Scope.WRITE, _("Rate what was expected or felt, dimension by dimension")),
    "fill_checklist": Plain(Scope.WRITE, _("Fill a checklist, each item with what shows it")),
    "site_demands": Plain(Scope.READ, _("Where stations are wanted, by distance or by complaints")),
    "weekly_plan": Plain(Scope.READ, _("What the network team plans for a week")),
    "improvements": Plain(Scope.READ, _("Improvements in hand or ended")),
    "propose_improvement": Plain(Scope.WRITE, _("Propose an improvement")),
    "accept_improvement": Plain(Scope.DECIDE, _("Take an improvement in hand: an owner and a date")),
    "begin_improvement": Plain(Scope.WRITE, _("Begin an improvement that is one's own")),
    "verify_improvement": Plain(Scope.DECIDE, _("End an improvement by the check of its effect")),
    "reject_improvement": Plain(Scope.DECIDE, _("Turn an improvement down, with the reason")),
    "signals": Plain(Scope.READ, _("Signals that are open or ended")),
    "notice_signal": Plain(Scope.RECEIVE, _("Note slight dissatisfaction before it is a complaint")),
    "settle_signal": Plain(Scope.WRITE, _("End a signal by what was done, or by the complaint it became")),
    "groups": Plain(Scope.READ, _("Frequent complaints by category, with their trend")),
    "report_groups": Plain(Scope.WRITE, _("Deliver a report of grouped complaints")),
    "group_report": Plain(Scope.READ, _("Open a report of grouped complaints")),
    "negotiation": Plain(Scope.READ, _("Show expectations, preparation, bottom line, law and like cases")),
    "advertised": Plain(Scope.READ, _("Promises of our advertising that customers took at their word")),
    "answer_advertised": Plain(Scope.WRITE, _("Answer for a promise of our advertising")),
    "avoidable": Plain(Scope.READ, _("Escalations whose answer lay within the owner's authority")),
    "attach_file": Plain(Scope.WRITE, _("Attach a file to a case")),
    "download": Plain(Scope.READ, _("Download a file as it was taken")),
}
