"""The rules of the complainant's pages."""

from django.utils.translation import gettext_lazy as _

from huiyin.rules import declare

NOT_TOO_OFTEN = declare("门户-02", _("From one place only so much in so much time"), requirements=("C27",))
BY_A_PERSON = declare("门户-03", _("A complaint is written by a person"), requirements=("C27",))
