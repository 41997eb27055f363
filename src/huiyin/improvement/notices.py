"""What the bell says of improvements and signals: numbers and codes, never a name."""

from django.utils.translation import gettext_lazy as _

from huiyin.messaging import bell


def register_all() -> None:
    bell.register("improvement.accepted", _("Improvement %(item)s is yours"))
    bell.register("improvement.overdue", _("Improvement %(item)s is past its date"))
    bell.register("signal.raised", _("A customer came twice within a day about one matter"))
    bell.register("group.reported", _("A report of grouped complaints is ready"))
