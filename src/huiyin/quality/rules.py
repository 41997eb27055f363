"""The rules of measuring service: whole assessments, weights from the pack, attitude by its checklist."""

from django.utils.translation import gettext_lazy as _

from huiyin.rules import declare

WHOLE_ASSESSMENT = declare(
    "质量-01", _("An assessment rates each dimension of the pack once, from 0 to 100."), requirements=("S3-08", "S3-19")
)
ATTITUDE_BY_CHECKLIST = declare(
    "质量-02",
    _("Attitude is counted by its checklist with examples, never marked as a bare number."),
    requirements=("S3-15", "AMB-09"),
)
LIST_ITEM_EVIDENCE = declare(
    "质量-03", _("An item of a checklist that counts says what was seen or heard."), requirements=("S3-15", "AMB-09")
)
WEIGHED_SERVICE = declare(
    "质量-04", _("Service quality is measured where a pack weighs it."), requirements=("S3-03", "S3-08")
)
