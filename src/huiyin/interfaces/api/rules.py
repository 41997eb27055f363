"""The rules of the REST interface itself."""

from django.utils.translation import gettext_lazy as _

from huiyin.rules import declare

TOKEN_SCOPE = declare(
    "接口-01", _("A token does only what it was made for"), requirements=("C27",), source="OWASP API 2023:5"
)
TOKEN_SOUND = declare(
    "接口-02",
    _("A token has a name, a purpose and an end"),
    requirements=("C27",),
    source="OWASP API 2023:2",
)
PACE = declare("接口-03", _("A token keeps to its pace"), requirements=("C27",), source="OWASP API 2023:4")
