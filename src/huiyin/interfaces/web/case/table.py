# ruff: noqa: E501 - the table of steps is documentation and stays aligned
"""The one table of steps on pages: name in the address, title, form, who is shown it, template.

`?id=` chooses the row a step is about (task, action, callback, promise, claim, evidence, approval; a flag or rule by its
code). Pages link to `case:do` with these names.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from huiyin.complaints import participation
from huiyin.complaints.states import AFTER_REGISTRATION, BEFORE_EXECUTION, Seat, State
from huiyin.complaints.steps import (
    appraising,
    claims,
    conduct,
    deadlines,
    entitling,
    expectations,
    external,
    investigation,
    review,
    weighing,
    withdrawal,
)
from huiyin.complaints.steps import approval as approving
from huiyin.complaints.steps import callers as caller_steps
from huiyin.complaints.steps import coordination as coordinating
from huiyin.complaints.steps import execution as executing
from huiyin.complaints.steps import followup as following
from huiyin.complaints.steps import network as networks
from huiyin.complaints.steps import partners as asking
from huiyin.complaints.steps import planning as plans
from huiyin.complaints.steps import preparing as preparation_steps
from huiyin.complaints.steps import registration as registering
from huiyin.complaints.steps import venue as reckoning
from huiyin.interfaces.web.case.base import StepForm
from huiyin.interfaces.web.case.forms import (
    approval,
    callers,
    closing,
    coordination,
    execution,
    expecting,
    explanation,
    followup,
    guiding,
    inquiry,
    links,
    network,
    offering,
    opening,
    partners,
    people,
    planning,
    preparing,
    proof,
    registration,
    tasks,
    venue,
)
from huiyin.interfaces.web.case.seats import (
    ANY_STATE,
    Who,
    able,
    anybody,
    departments_actions,
    either,
    given_tasks,
    having,
    holding,
    keepers,
    made_tasks,
    merged,
    moving,
    own_evidence,
    sitting,
    tasked,
)
from huiyin.interfaces.web.quality import forms as measured
from huiyin.people.roles import Role

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class StepPage:
    """One row of the table."""

    name: str
    title: "str | _StrPromise"
    form: type[StepForm]
    who: Who
    template: str = "case/step.html"


S = State
OWNERS = (Seat.OWNER, Seat.DUTY)
UNDER_WAY = (S.EXECUTING, S.FOLLOWING_UP)
WRITERS = dict.fromkeys(OWNERS, "complaint.register")
ASK_UNFOUNDED = dict.fromkeys(OWNERS, "complaint.explain")
OBSERVERS = {**participation.keepers("complaint.note"), Seat.HANDLER: "complaint.note"}
RECEIVERS = {**participation.keepers("complaint.message"), Seat.RECEIVER: "complaint.receive"}
# Besides the seats of the case: whoever was given something to do in it.
GATHERERS = either(sitting(investigation.GATHERERS), having(given_tasks, _("whoever has a task in the case")))
NETWORKERS = either(
    sitting(networks.TECHNICIANS, AFTER_REGISTRATION), having(given_tasks, _("whoever has a task in the case"))
)
STRIKERS = either(
    sitting({**investigation.JUDGES, Seat.HANDLER: "complaint.investigate"}, investigation.NOT_JUDGED_YET),
    having(own_evidence, _("whoever added the evidence")),
)
BEARERS = either(
    sitting(weighing.READERS, weighing.NOT_JUDGED_YET),
    having(own_evidence, _("whoever added the evidence")),
)
APPRAISERS = sitting(appraising.COMMISSIONERS, AFTER_REGISTRATION)
TASK_MAKERS = either(keepers("task.create"), having(made_tasks, _("whoever gave the task")))
CLAIMANTS = either(sitting(claims.SEATS, ANY_STATE), holding(Role.FINANCE, Role.FINANCE.label))
EXECUTORS = either(
    sitting(executing.EXECUTORS), having(departments_actions, _("whoever carries it out, and the department"))
)

# fmt: off
_ROWS = (
    # Receiving, talking, noting
    StepPage("acknowledge",           _("First answer"),                   opening.AcknowledgeForm,             moving("acknowledge")),
    StepPage("message",               _("Message to the customer"),        opening.MessageForm,                 keepers("complaint.message", ANY_STATE)),
    StepPage("note",                  _("Internal note"),                  opening.NoteForm,                    able("complaint.note", ANY_STATE), "case/note.html"),
    StepPage("inbound",               _("What the customer said"),         opening.InboundForm,                 sitting(RECEIVERS, ANY_STATE)),
    StepPage("promise",               _("Another time for a promise"),     opening.PromiseForm,                 keepers("complaint.message")),
    StepPage("extend",                _("More time for a deadline"),       opening.ExtendForm,                  sitting(deadlines.DECIDERS)),
    StepPage("emotion",               _("How the customer feels"),         opening.EmotionForm,                 sitting(OBSERVERS)),
    StepPage("follow",                _("Follow the case"),                links.FollowForm,                    anybody),
    StepPage("unfollow",              _("Follow it no more"),              links.UnfollowForm,                  anybody),
    StepPage("unknown",               _("A question to be checked"),       guiding.UnknownForm,                 keepers("complaint.message")),
    StepPage("opportunity",           _("What else could help"),           guiding.OpportunityForm,             keepers("complaint.message", (S.REVIEWING, S.CLOSED))),
    StepPage("rate",                  _("What the customer expected and felt"), measured.CustomerRatingForm,   measured.callers),
    # Registering
    StepPage("register",              _("Registration"),                   registration.RegisterForm,           moving("register"), "case/register.html"),
    StepPage("form",                  _("Registration form"),              registration.KeepForm,               sitting(WRITERS, registering.OPEN_FOR_FORM), "case/register.html"),
    StepPage("settle_at_once",        _("Settle at once"),                 registration.SettleForm,             moving("settle_at_once"), "case/settle.html"),
    # People, flags
    StepPage("investigate",           _("Who investigates"),               people.InvestigateForm,              moving("investigate")),
    StepPage("handler",               _("Another handler"),                people.HandlerForm,                  sitting({Seat.SUPERVISOR: "complaint.assign"}, AFTER_REGISTRATION)),
    StepPage("owner",                 _("Another owner"),                  people.OwnerForm,                    sitting({Seat.SUPERVISOR: "complaint.change_owner"})),
    StepPage("interest",              _("Declare an interest"),            people.InterestForm,                 able("complaint.note")),
    StepPage("flag",                  _("Flags"),                          people.FlagForm,                     keepers("complaint.flag")),
    # Finding out
    StepPage("evidence",              _("Add evidence"),                   inquiry.EvidenceForm,                GATHERERS),
    StepPage("strike",                _("Strike evidence out"),            inquiry.StrikeForm,                  STRIKERS),
    StepPage("bearing",               _("What the proof says"),            proof.BearingForm,                   BEARERS),
    StepPage("weigh",                 _("Weigh the proof"),                proof.WeighForm,                     sitting(weighing.WEIGHERS, (S.INVESTIGATING,))),
    StepPage("appraisal",             _("Commission an appraisal"),        proof.CommissionForm,                APPRAISERS),
    StepPage("appraisal_done",        _("Conclusion of an appraisal"),     proof.ConcludeForm,                  APPRAISERS),
    StepPage("appraisal_over",        _("Give an appraisal up"),           proof.AbandonForm,                   APPRAISERS),
    StepPage("cause",                 _("Checklist of causes"),            inquiry.CausesForm,                  sitting(investigation.JUDGES, (S.INVESTIGATING,)), "case/causes.html"),
    StepPage("find",                  _("Finding"),                        inquiry.FindingForm,                 moving("find"), "case/finding.html"),
    StepPage("reinvestigate",         _("Investigate again"),              inquiry.ReinvestigateForm,           moving("reinvestigate")),
    StepPage("task",                  _("Give a task"),                    tasks.TaskForm,                      keepers("task.create")),
    StepPage("task_seen",             _("Take on a task"),                 tasks.TaskSeenForm,                  tasked),
    StepPage("task_done",             _("Finish a task"),                  tasks.TaskDoneForm,                  tasked),
    StepPage("task_bounce",           _("Hand a task on"),                 tasks.TaskBounceForm,                tasked),
    StepPage("task_cancel",           _("Take a task back"),               tasks.TaskCancelForm,                TASK_MAKERS),
    StepPage("network",               _("Technical triage"),               network.TriageForm,                  NETWORKERS),
    StepPage("field_test",            _("Field test"),                     network.FieldTestForm,               NETWORKERS),
    StepPage("week_done",             _("Item of the weekly plan"),        network.WeekDoneForm,                NETWORKERS),
    StepPage("station",               _("Station repair"),                 network.StationForm,                 either(NETWORKERS, sitting(networks.CHECKERS, AFTER_REGISTRATION))),
    StepPage("meeting",               _("Record of the meeting"),          coordination.MeetingForm,            keepers("task.create"), "case/meeting.html"),
    StepPage("part",                  _("Another matter"),                 coordination.PartForm,               keepers("complaint.flag", coordinating.AFTER_FORM)),
    StepPage("past",                  _("A contact past the owner"),       coordination.DirectContactForm,      sitting(coordinating.NOTERS, ANY_STATE)),
    StepPage("visit",                 _("Report a visit"),                 venue.VisitForm,                     tasked),
    StepPage("bill",                  _("Work the bill out anew"),         venue.BillForm,                      sitting(reckoning.RECKONERS, AFTER_REGISTRATION), "case/bill.html"),
    StepPage("ask_partner",           _("Ask a partner"),                  partners.AskPartnerForm,             sitting(asking.ASKERS)),
    StepPage("partner_again",         _("Send the link again"),            partners.PartnerAgainForm,           sitting(asking.ASKERS)),
    StepPage("partner_over",          _("Take a question back"),           partners.PartnerOverForm,            sitting(asking.ASKERS)),
    StepPage("claim",                 _("Claim from a third party"),       links.ClaimForm,                     CLAIMANTS),
    StepPage("claim_move",            _("Move a claim on"),                links.ClaimMoveForm,                 CLAIMANTS),
    # Explaining, withdrawing
    StepPage("ask_unfounded",         _("Ask a second person"),            explanation.AskUnfoundedForm,        sitting(ASK_UNFOUNDED, (S.ANALYSED,))),
    StepPage("explain",               _("Confirm that it is not founded"), explanation.ConfirmUnfoundedForm,    moving("explain"), "case/confirm.html"),
    StepPage("decline_unfounded",     _("Not to be explained away"),       explanation.DeclineUnfoundedForm,    moving("explain"), "case/confirm.html"),
    StepPage("answer",                _("The customer's answer"),          explanation.AnswerForm,              keepers("complaint.explain", (S.EXPLAINING,))),
    StepPage("conclude_explanation",  _("Conclude the explanation"),       explanation.ConcludeExplanationForm, moving("conclude_explanation")),
    StepPage("ask_withdrawal",        _("The customer withdraws"),         explanation.AskWithdrawalForm,       sitting(withdrawal.ASKERS, BEFORE_EXECUTION)),
    StepPage("withdraw",              _("Confirm the withdrawal"),         explanation.ConfirmWithdrawalForm,   moving("withdraw"), "case/confirm.html"),
    StepPage("decline_withdrawal",    _("Withdrawal not confirmed"),       explanation.DeclineWithdrawalForm,   moving("withdraw"), "case/confirm.html"),
    # Planning, approving, offering
    StepPage("plan",                  _("Begin the plan"),                 planning.StartPlanForm,              moving("plan")),
    StepPage("draft_plan",            _("Options"),                        planning.PlanForm,                   sitting(plans.PLANNERS, (S.PLANNING,)), "case/plan.html"),
    StepPage("submit",                _("Submit for approval"),            planning.SubmitForm,                 moving("submit")),
    StepPage("offer",                 _("Offer the options"),              planning.OfferForm,                  moving("offer")),
    StepPage("approve",               _("Approve the plan"),               approval.ApproveForm,                moving("approve"), "case/approve.html"),
    StepPage("return",                _("Return the plan"),                approval.ReturnForm,                 moving("return")),
    StepPage("look_afterwards",       _("Look at it afterwards"),          approval.AfterwardsForm,             sitting(approving.BOSSES, ANY_STATE), "case/afterwards.html"),
    StepPage("override",              _("Let a rule pass"),                approval.OverrideForm,               sitting({Seat.LEADER: "complaint.override"})),
    StepPage("choose",                _("The customer's choice"),          offering.ChooseForm,                 moving("choose"), "case/choose.html"),
    StepPage("owed",                  _("Carry out what is owed"),         offering.OwedForm,                   moving("choose")),
    StepPage("replan",                _("The customer objects"),           planning.ObjectionForm,              moving("replan")),
    StepPage("refuse_above_standard", _("Refuse above the standard"),      offering.RefuseForm,                 moving("refuse_above_standard")),
    # Expecting and negotiating
    StepPage("expectation",           _("What the customer expects"),      expecting.ExpectationForm,           sitting(expectations.NEGOTIATORS)),
    StepPage("ask",                   _("One question at a time"),         expecting.AskForm,                   sitting(expectations.NEGOTIATORS), "case/ask.html"),
    StepPage("settle",                _("What we make of it"),             expecting.SettleForm,                sitting(expectations.NEGOTIATORS)),
    StepPage("rank",                  _("In the customer's order"),        expecting.RankForm,                  sitting(expectations.NEGOTIATORS), "case/rank.html"),
    StepPage("drop",                  _("Let go of an expectation"),       expecting.DropForm,                  sitting(expectations.NEGOTIATORS)),
    StepPage("preference",            _("What the customer prefers"),      expecting.PreferenceForm,            keepers("complaint.note")),
    StepPage("prepare",               _("Preparation sheet"),              preparing.PrepareForm,               sitting(expectations.NEGOTIATORS), "case/prepare.html"),
    StepPage("principle",             _("Ask for a bottom line"),          preparing.AskPrincipleForm,          sitting(expectations.NEGOTIATORS)),
    StepPage("decide_principle",      _("Decide on the bottom line"),      preparing.DecidePrincipleForm,       sitting(preparation_steps.BOSSES), "case/principle.html"),
    StepPage("concede",               _("A step of giving way"),           preparing.ConcedeForm,               sitting(expectations.NEGOTIATORS)),
    StepPage("reason",                _("A reason to say yes"),            preparing.ReasonForm,                sitting(expectations.NEGOTIATORS)),
    StepPage("entitlement",           _("What the law gives"),             preparing.EntitlementForm,           sitting(entitling.MEASURERS), "case/entitlement.html"),
    StepPage("caller",                _("Special caller"),                 callers.CallerForm,                  sitting(caller_steps.RECEIVERS)),
    StepPage("holding",               _("Holding message"),                callers.HoldingForm,                 keepers("complaint.message"), "case/holding.html"),
    StepPage("hand_up",               _("Hand it to a superior"),          callers.HandUpForm,                  sitting(caller_steps.RECEIVERS)),
    StepPage("conduct",               _("Report hard conduct"),            callers.ReportConductForm,           sitting(conduct.REPORTERS)),
    StepPage("confirm_conduct",       _("Measures against hard conduct"),  callers.ConfirmConductForm,          sitting(conduct.JUDGES), "case/conduct.html"),
    StepPage("decline_conduct",       _("No hard conduct"),                callers.DeclineConductForm,          sitting(conduct.JUDGES)),
    StepPage("appeal",                _("The customer appeals"),           callers.AppealForm,                  sitting(conduct.REPORTERS)),
    StepPage("decide_appeal",         _("Decide on the appeal"),           callers.DecideAppealForm,            sitting(conduct.JUDGES), "case/conduct.html"),
    StepPage("end_conduct",           _("End the measures"),               callers.EndConductForm,              sitting(conduct.JUDGES)),
    StepPage("scope",                 _("How we handle and improve it"),   callers.ScopeForm,                   keepers("complaint.message", ANY_STATE)),
    # Carrying out, calling back
    StepPage("action",                _("Finish an action with proof"),    execution.ActionForm,                EXECUTORS),
    StepPage("tell",                  _("Tell what was done"),             execution.TellForm,                  sitting(dict.fromkeys(OWNERS, "complaint.message"))),
    StepPage("arrival",               _("It has arrived"),                 execution.ArrivalForm,               sitting(executing.EXECUTORS, UNDER_WAY)),
    StepPage("goodwill",              _("A small kindness"),               execution.GoodwillForm,              able("complaint.note")),
    StepPage("recovery",              _("What came back"),                 execution.RecoveryForm,              sitting(executing.RECOVERERS, ANY_STATE)),
    StepPage("finish_execution",      _("Everything is carried out"),      execution.FinishExecutionForm,       moving("finish_execution")),
    StepPage("callback",              _("Callback"),                       followup.CallbackForm,               sitting(following.CALLERS, UNDER_WAY), "case/callback.html"),
    StepPage("contact",               _("A try to reach the customer"),    followup.ContactForm,                sitting(following.WRITERS, following.ANSWER_AWAITED)),
    StepPage("accept",                _("Conclude the follow-up"),         followup.ConcludeForm,               moving("accept")),
    StepPage("dissatisfied",          _("Another round"),                  followup.RestartForm,                moving("dissatisfied")),
    # Looking back
    StepPage("review",                _("Review"),                         closing.ReviewForm,                  sitting(review.REVIEWERS, (S.REVIEWING,)), "case/review.html"),
    StepPage("question",              _("Review"),                         closing.ReviewForm,                  sitting(review.REVIEWERS, (S.REVIEWING,)), "case/review.html"),
    StepPage("close",                 _("Close the case"),                 closing.CloseForm,                   moving("close")),
    StepPage("reopen",                _("Reopen the case"),                closing.ReopenForm,                  moving("reopen")),
    StepPage("decision",              _("Decision of an outside body"),    closing.DecisionForm,                sitting(external.RECORDERS, AFTER_REGISTRATION)),
    StepPage("settle_externally",     _("Settled by an outside body"),     closing.SettleExternallyForm,        moving("settle_externally")),
    StepPage("merge",                 _("Merge into another case"),        links.MergeForm,                     keepers("complaint.link"), "case/other.html"),
    StepPage("unmerge",               _("Undo the merge"),                 links.UnmergeForm,                   merged("complaint.link")),
    StepPage("link",                  _("Link to an earlier case"),        links.LinkForm,                      keepers("complaint.link", ANY_STATE), "case/other.html"),
    StepPage("unlink",                _("Take the link back"),             links.UnlinkForm,                    keepers("complaint.link", ANY_STATE)),
)
# fmt: on
STEP_FORMS: dict[str, StepPage] = {row.name: row for row in _ROWS}
