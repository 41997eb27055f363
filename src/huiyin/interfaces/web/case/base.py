"""What every step's form has in common: its words, how it hands over, and how it shows why something was refused."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints import lifecycle
from huiyin.interfaces.web.case.here import Here
from huiyin.interfaces.web.case.rows import Rows, unjudged
from huiyin.rules import Refusal

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise


class StepField(BoundField):
    """A field that says by its class whether it may stay empty: the step asks for the others, not the form."""

    def css_classes(self, extra_classes: Any = None) -> str:
        may = ["may"] if self.name in getattr(self.form, "optional", ()) else []
        more = extra_classes.split() if isinstance(extra_classes, str) else list(extra_classes or ())
        return super().css_classes([*more, *may])


# Which field a rule is about, where the refusal itself names none.
About = Mapping[str, str]


class StepForm(forms.Form):
    """What one step asks for. `take` hands it to the step and lets its refusals pass.

    Nothing is required by the form: what is missing the step itself says, with its rule, and what was typed stays.
    """

    use_required_attribute = False
    bound_field_class = StepField
    button: "ClassVar[Words]" = gettext_lazy("Done")
    intro: "ClassVar[Words]" = ""
    # Fields that stand beside each other; what is not named stands alone, in the order of the form.
    beside: ClassVar[tuple[tuple[str, ...], ...]] = ()
    # The move whose refusals are shown before anybody fills the form in, and the rules among them worth showing.
    move: ClassVar[str] = ""
    ahead: ClassVar[frozenset[str]] = frozenset()
    about: ClassVar[About] = {}
    has_files: ClassVar[bool] = False
    # What may stay empty, and says so; the rest the step wants, or has a first value.
    optional: ClassVar[frozenset[str]] = frozenset()
    apart: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, here: Here, data: Any = None, files: Any = None) -> None:
        self.here = here
        self.refusal: Refusal | None = None
        super().__init__(data, files, auto_id="act-%s")
        self.rows: dict[str, Rows[Any]] = {}
        self.prepare()

    def prepare(self) -> None:
        """Fill choices and first values from the case; forms that need it say how."""

    def take(self, complaint_id: int) -> object:
        """Take the step with what was given; runs in the transaction of the page's step."""
        raise NotImplementedError

    def is_valid(self) -> bool:
        """Readable in every part: the form and its rows."""
        rows = [part.is_valid() for part in self.rows.values()]
        return super().is_valid() and all(rows)

    def every_rows(self) -> "list[Rows[Any]]":
        """All rows of the form, those inside other rows too."""
        return list(self.rows.values())

    def keep_quiet(self) -> None:
        """Show what was typed without judging it: a row was added, or the sums were asked for."""
        unjudged(self)
        for part in self.every_rows():
            for row in part:
                unjudged(row)

    def point_at(self, name: str) -> None:
        """Lead the eye to the last of these rows: it was just added."""
        for part in self.every_rows():
            if part.name == name and len(part):
                next(iter(part[-1].fields.values())).widget.attrs["data-focus"] = ""

    def look_again(self) -> None:
        """What a look at the half-filled form adds to it: sums, findings of the coach."""

    def extra(self) -> dict[str, Any]:
        """What the form's own template shows beside the fields."""
        return {}

    def refusals_ahead(self) -> list[Refusal]:
        """What already stands against the move and no field of the form can lift."""
        if not self.ahead:
            return []
        found = lifecycle.refusals(self.here.case, self.move)
        return [refusal for refusal in found if refusal.rule.code in self.ahead]

    def refuse(self, refusal: Refusal) -> None:
        """Keep a refusal to be shown, and mark the fields it is about."""
        self.refusal = refusal
        names = [*refusal.missing, *([self.about[refusal.rule.code]] if refusal.rule.code in self.about else [])]
        for name in dict.fromkeys(names):
            if name in self.fields and name not in self.errors:
                self.add_error(name, _("This is missing or does not fit."))

    @property
    def marked(self) -> list[BoundField]:
        """The fields a refusal or a slip is about, to be linked from the top."""
        return [field for field in self if field.errors]

    @property
    def lines(self) -> list[list[BoundField]]:
        """The fields as they stand on the page, one or more beside each other."""
        first = {names[0]: names for names in self.beside}
        later = {name for names in self.beside for name in names[1:]}
        shown = [name for name in self.fields if name not in self.apart and not self[name].is_hidden]
        groups = [first.get(name, (name,)) for name in shown if name not in later]
        return [[self[name] for name in names if name in self.fields] for names in groups]
