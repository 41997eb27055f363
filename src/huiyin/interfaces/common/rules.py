"""The rules every way in enforces, whoever comes through it."""

from django.utils.translation import gettext_lazy as _

from huiyin.rules import declare

KEY_STANDS_FOR_ONE = declare(
    "请求-01",
    _("A repeated request is done once"),
    requirements=("C27",),
    source="draft-ietf-httpapi-idempotency-key-header",
)
FILE_KIND = declare(
    "附件-01", _("Only files of a kind that can be kept are taken"), requirements=("C27",), source="OWASP File Upload"
)
FILE_SIZE = declare("附件-02", _("A file stays within its size"), requirements=("C27",), source="OWASP File Upload")
FILE_READABLE = declare("附件-03", _("A file can be opened"), requirements=("S0-15",))
FILE_UNCHANGED = declare("附件-04", _("A file is given out as it was taken"), requirements=("S0-15", "C05"))
TOKEN_SOUND = declare(
    "接口-02",
    _("A token has a name, a purpose and an end"),
    requirements=("C27",),
    source="OWASP API 2023:2",
)
