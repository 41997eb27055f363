"""Forms of the lists: passing a question on, answering one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models import Channel
from huiyin.complaints.steps.enquiries import NewEnquiry
from huiyin.people.models import Department

HEARD_BY = (Channel.PHONE, Channel.TICKET, Channel.SOCIAL, Channel.EMAIL, Channel.STORE, Channel.LETTER)


class EnquiryForm(forms.Form):
    """A question with a way to call back and the department that knows (S4-98)."""

    contact_name = forms.CharField(label=_("Name of the caller"), max_length=120)
    phone = forms.CharField(label=_("Telephone to call back"), max_length=40)
    question = forms.CharField(label=_("Question"), widget=forms.Textarea({"rows": 4}))
    department = forms.ModelChoiceField(
        Department.objects.filter(active=True), label=_("Department that answers"), empty_label=_("Choose a department")
    )
    channel = forms.ChoiceField(label=_("How it reached us"), choices=[(one.value, one.label) for one in HEARD_BY])

    def new(self) -> NewEnquiry:
        return NewEnquiry(**self.cleaned_data)


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("Answer"), widget=forms.Textarea({"rows": 4}))
