"""The forms about oneself."""

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location
from django import forms
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext_lazy as _

from huiyin.people import staff
from huiyin.people.models import Density, Person, Theme

if TYPE_CHECKING:
    PersonForm = forms.ModelForm[Person]  # only the type checker may write the brackets
else:
    PersonForm = forms.ModelForm

ZONES = (
    "Asia/Shanghai",
    "Asia/Urumqi",
    "Asia/Hong_Kong",
    "Asia/Macau",
    "Asia/Taipei",
    "Asia/Tokyo",
    "Asia/Seoul",
    "Asia/Singapore",
    "Asia/Kuala_Lumpur",
    "Asia/Bangkok",
    "Asia/Dubai",
    "Europe/London",
    "Europe/Paris",
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
    "Australia/Sydney",
    "UTC",
)


class SignInForm(forms.Form):
    """Asks who it is. After five wrong answers the name rests, see `views.locked_out`."""

    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=64,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(data)
        self.request = request
        self.person: Person | None = None

    def clean_username(self) -> str:
        return staff.normalise_username(self.cleaned_data["username"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "username" in cleaned and "password" in cleaned:
            found = authenticate(self.request, username=cleaned["username"], password=cleaned["password"])
            if not isinstance(found, Person) or (settings.PRODUCTION and found.password_is_demo):
                raise forms.ValidationError(_("The sign-in name or the password is wrong."))
            self.person = found
        return cleaned


class SettingsForm(PersonForm):
    """What a person may say about themselves, and how pages look to them."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"))
    theme = forms.ChoiceField(label=_("Appearance"), choices=Theme.choices, widget=forms.RadioSelect)
    density = forms.ChoiceField(label=_("Density"), choices=Density.choices, widget=forms.RadioSelect)

    class Meta:
        model = Person
        fields = ("email", "phone", "language", "time_zone", "theme", "density")
        labels = {"email": _("E-mail"), "phone": _("Phone")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = self.fields["time_zone"]
        if isinstance(zone, forms.ChoiceField):
            zone.choices = zone_choices(self.instance.time_zone)


class PasswordForm(forms.Form):
    """Changes one's own password."""

    current = forms.CharField(
        label=_("Present password"), strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )
    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least ten characters that say nothing about you; a short sentence is easy to remember."),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password again"), strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def __init__(self, person: Person, data: Any = None) -> None:
        super().__init__(data)
        self.person = person

    def clean_current(self) -> str:
        current: str = self.cleaned_data["current"]
        if not self.person.check_password(current):
            raise forms.ValidationError(_("This is not your present password."))
        return current

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password"):
            raise forms.ValidationError(_("The two new passwords differ."))
        return again


def zone_choices(also: str) -> list[tuple[str, str]]:
    """Time zones by the city that people know them by, in the page's language."""
    locale = to_locale(get_language() or settings.LANGUAGE_CODE)
    names = ZONES if also in ZONES else (*ZONES, also)
    return [(name, get_timezone_location(ZoneInfo(name), locale=locale, return_city=True)) for name in names]
