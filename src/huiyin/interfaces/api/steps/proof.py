"""What proof supports or contradicts, how it is weighed, and appraisals with their fee."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models import Appraisal, Evidence
from huiyin.complaints.steps import appraising, weighing
from huiyin.interfaces.api.schemas import proof
from huiyin.interfaces.api.steps.inquiry import file_of
from huiyin.interfaces.api.steps.table import Taken, step
from huiyin.interfaces.common.scopes import Scope


@step("say_bearing", Scope.WRITE, _("Say what a piece of evidence supports or contradicts"))
def say_bearing(take: Taken, body: proof.SayBearing) -> Any:
    row = take.row(Evidence, body.evidence, "evidence")
    return take.on(weighing.say_bearing, row.pk, about=body.about, stance=body.stance.value)


@step("weigh", Scope.WRITE, _("Say what of a contradiction, or of the customer's own account, is believed and why"))
def weigh(take: Taken, body: proof.Weigh) -> Any:
    return take(weighing.weigh, about=body.about, text=body.text)


@step("commission_appraisal", Scope.WRITE, _("Commission an appraisal by a body with the right to make it"))
def commission_appraisal(take: Taken, body: proof.CommissionAppraisal) -> Any:
    new = appraising.NewAppraisal(body.body, body.question, body.expected_on)
    return take(appraising.commission_appraisal, new)


@step("conclude_appraisal", Scope.WRITE, _("Record an appraisal's written conclusion, its fee and who bears it"))
def conclude_appraisal(take: Taken, body: proof.ConcludeAppraisal) -> Any:
    row = take.row(Appraisal, body.appraisal, "appraisal")
    told = appraising.Conclusion(
        title=body.title,
        text=body.conclusion,
        document=file_of(take, body.file),
        fee=body.fee,
        fee_bearer=body.fee_bearer.value if body.fee_bearer else "",
        company_part=body.company_part or appraising.NOTHING,
        bears=tuple((one.about, one.stance.value) for one in body.bears),
    )
    return take.on(appraising.conclude_appraisal, row.pk, told)


@step("abandon_appraisal", Scope.WRITE, _("Give an appraisal up with a reason"))
def abandon_appraisal(take: Taken, body: proof.AbandonAppraisal) -> Any:
    row = take.row(Appraisal, body.appraisal, "appraisal")
    return take.on(appraising.abandon_appraisal, row.pk, reason=body.reason)
