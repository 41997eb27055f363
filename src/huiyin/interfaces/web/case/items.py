"""Forms about one row of the case: a task, an action, a callback, a promise. Opened for one, or asking which."""

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints import rules
from huiyin.interfaces.common.numbers import whole
from huiyin.interfaces.web.case.base import StepForm
from huiyin.interfaces.web.case.fields import choice_field
from huiyin.rules import Refusal

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Row = TypeVar("Row", bound=models.Model)


class NothingChosen(Refusal):
    rule = rules.WRONG_STATE
    sentence = gettext_lazy("This form is about one thing of the case, and none is chosen, or it is over.")
    unblock = gettext_lazy("Choose what it is about.")


class ItemForm(StepForm):
    """A step about one of several rows; `?item=` in the address chooses it beforehand."""

    item = choice_field(gettext_lazy("Which one"))

    item_label: "ClassVar[str | _StrPromise]" = gettext_lazy("Which one")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(str(key), label) for key, label in self.items()]
        field = self.fields["item"]
        field.label = self.item_label
        known = {key for key, _label in listed}
        first = self.here.item if self.here.item in known else (listed[0][0] if len(listed) == 1 else "")
        self.initial.setdefault("item", first)
        field.choices = listed if first or not listed else [("", _("Choose which one")), *listed]  # type: ignore[attr-defined]
        self.order_fields(["item"])

    def items(self) -> list[tuple[int, str]]:
        """The rows it can be about, with the words to choose by."""
        raise NotImplementedError


def chosen(model: type[Row], complaint_id: int, key: str) -> Row:
    """The row of this case that was chosen; never one of another case."""
    rows: Any = model._default_manager.filter(complaint_id=complaint_id)
    row = rows.filter(pk=key).first() if whole(key) is not None else None
    if row is None:
        raise NothingChosen(missing=("item",))
    return row  # type: ignore[no-any-return]
