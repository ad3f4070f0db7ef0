"""A form that is shown again holds what was sent, apart from what must be of now."""

import pytest
from django import forms
from django.http import QueryDict
from django.test import RequestFactory

from casework.forms import number_sent, renew


class Several(forms.Form):
    version = forms.IntegerField()
    words = forms.CharField()
    ticked = forms.BooleanField(required=False)
    chosen = forms.MultipleChoiceField(choices=[(each, each) for each in "abc"])


def test_everything_sent_stands_but_the_version() -> None:
    form = Several(QueryDict("version=1&words=Det+jeg+skrev&ticked=on&chosen=a&chosen=c"))
    assert form.is_valid()
    renew(form, version=2)
    shown = {name: form[name].value() for name in form.fields}
    assert shown == {
        "version": 2,
        "words": "Det jeg skrev",
        "ticked": True,
        "chosen": ["a", "c"],
    }


def test_why_it_was_refused_still_stands_on_top() -> None:
    form = Several(QueryDict("version=1&words=x&chosen=a"))
    form.add_error(None, "Anne har ændret det.")
    renew(form, version=2)
    assert form.non_field_errors() == ["Anne har ændret det."]


@pytest.mark.parametrize(
    ("sent", "read"), [("7", 7), ("", -1), ("x", -1), ("-3", -1), ("²", -1), ("9" * 5000, -1)]
)
def test_a_number_that_is_none_is_older_than_any(sent: str, read: int) -> None:
    request = RequestFactory().post("/", {"version": sent})
    assert number_sent(request, "version") == read
    assert number_sent(request, "key") == -1
