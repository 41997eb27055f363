"""The rules this room enforces: who may act, who may see, how accounts are kept."""

from django.utils.translation import gettext_lazy as _

from huiyin.rules import declare

DUTY = declare("权限-01", _("Each post has its duty; nobody does another's job."), requirements=("S2-54",))
REVEAL_REASON = declare(
    "隐私-01", _("A private detail is revealed only for a stated reason."), requirements=("S0-06",), source="MASK-1"
)
REVEAL_PART = declare(
    "隐私-02",
    _("Only the owner or the handler of a case may see a private detail in full."),
    requirements=("S0-06", "AMB-13"),
)
EXPORT_REASON = declare(
    "隐私-03", _("Data leave the house only for a stated reason."), requirements=("S0-06",), source="NDR-12"
)
MERGE_DECIDED = declare(
    "客户-01",
    _("Two customers become one only by a named person's decision."),
    requirements=("C27",),
    source="ENG-17",
)
SIGN_IN_NAME = declare("账号-01", _("A sign-in name belongs to one person."), requirements=("C27",))
ADMINISTRATOR_STAYS = declare("账号-02", _("The house always has an active administrator."), requirements=("C27",))
LEAVER_HANDS_OVER = declare(
    "账号-03", _("Nobody leaves while a case is still theirs."), requirements=("S4-33", "S4-34")
)
HEAD_WORKS_HERE = declare("账号-04", _("A department is headed by somebody who works here."), requirements=("S1-31",))
PASSWORD_STRENGTH = declare(
    "账号-05", _("A password must not be easy to guess."), requirements=("C27",), source="PIPL-51"
)
LOCK_OUT = declare(
    "账号-06", _("After five wrong passwords a sign-in name rests."), requirements=("C27",), source="PIPL-51"
)
HAS_A_ROLE = declare("账号-07", _("Everybody who works here has a role."), requirements=("S2-54", "C27"))
