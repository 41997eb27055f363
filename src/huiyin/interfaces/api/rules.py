"""The rules of the REST interface itself."""

from django.utils.translation import gettext_lazy as _

from huiyin.rules import declare

TOKEN_SCOPE = declare(
    "接口-01", _("A token does only what it was made for"), requirements=("C27",), source="OWASP API 2023:5"
)
PACE = declare("接口-03", _("A token keeps to its pace"), requirements=("C27",), source="OWASP API 2023:4")
