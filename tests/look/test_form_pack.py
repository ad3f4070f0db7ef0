"""The form pack: labels, help, errors and what a screen reader is told of them."""

from typing import Any

import pytest
from crispy_forms.bootstrap import AppendedText, InlineRadios
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Fieldset, Layout, Row, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template import Context, Template
from django.utils import translation

from tests.look.markup import Page


class MonthAndYear(forms.MultiWidget):
    def __init__(self) -> None:
        super().__init__([forms.TextInput(), forms.TextInput()])

    def decompress(self, value: Any) -> list[Any]:
        return value or [None, None]


class Since(forms.MultiValueField):
    def __init__(self, **options: Any) -> None:
        fields = (forms.IntegerField(), forms.IntegerField())
        super().__init__(fields, widget=MonthAndYear(), **options)

    def compress(self, data_list: list[Any]) -> Any:
        return data_list


class Everything(forms.Form):
    name = forms.CharField(label="Navn", help_text="Fornavn og efternavn")
    day = forms.DateField(label="Dag")
    finished = forms.ChoiceField(
        label="Færdigudredt", choices=[("yes", "Ja"), ("no", "Nej")], widget=forms.RadioSelect
    )
    reasons = forms.MultipleChoiceField(
        label="Årsager", choices=[("p", "Psykiske")], widget=forms.CheckboxSelectMultiple
    )
    track = forms.ChoiceField(label="Spor", choices=[("", "Vælg"), ("fast", "Hurtig")])
    words = forms.CharField(label="Ord", max_length=500, widget=forms.Textarea)
    note = forms.CharField(label="Note", required=False)
    attachment = forms.FileField(label="Bilag")
    agreed = forms.BooleanField(label="Indforstået")
    since = Since(label="Siden")
    version = forms.IntegerField(widget=forms.HiddenInput)


def rendered(form: forms.Form) -> str:
    template = Template("{% load crispy_forms_tags %}{{ form|crispy }}")
    return template.render(Context({"form": form}))


def laid_out(form: forms.Form, *layout: Any, **options: Any) -> str:
    helper = FormHelper()
    helper.layout = Layout(*layout)
    for name, value in options.items():
        setattr(helper, name, value)
    return str(render_crispy_form(form, helper, {"csrf_token": "token"}))


@pytest.mark.parametrize("form", [Everything(), Everything({})], ids=["blank", "all wrong"])
def test_every_reference_leads_somewhere_and_ids_are_unique(form: forms.Form) -> None:
    page = Page(rendered(form))

    assert page.referred() <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_an_error_stands_at_its_field_and_in_the_summary() -> None:
    html = rendered(Everything({}))
    page = Page(html)

    assert html.index("data-error-summary") < html.index('id="div_id_name"')
    assert "#id_name" in page.values("href")
    assert page.named("name")["aria-invalid"] == "true"
    assert page.named("name")["aria-describedby"] == "id_name_helptext id_name_error"
    assert 'id="id_name_error"' in html


def test_the_summary_leads_into_groups_and_boxes() -> None:
    links = Page(rendered(Everything({}))).values("href")

    assert {"#id_finished_0", "#id_reasons_0", "#id_since_0", "#id_agreed"} <= set(links)


def test_a_form_without_errors_has_no_summary() -> None:
    assert "data-error-summary" not in rendered(Everything())


def test_a_sentence_about_the_whole_form_is_in_the_summary() -> None:
    form = Everything({})
    form.add_error(None, "Anna Holm godkendte henvisningen.")

    assert "Anna Holm godkendte henvisningen." in rendered(form)


def test_only_what_may_be_left_empty_is_marked() -> None:
    html = rendered(Everything())

    assert html.count("(valgfrit)") == 1
    assert "(skal udfyldes)" not in html


def test_a_form_of_mostly_optional_fields_marks_the_required_ones() -> None:
    html = laid_out(Everything(), "name", "note", mark_required=True)

    assert "(valgfrit)" not in html
    assert html.count("(skal udfyldes)") == 1


@pytest.mark.parametrize("data", [None, {"day": "i går"}])
def test_a_date_says_how_it_is_written(data: dict[str, str] | None) -> None:
    html = rendered(Everything(data))
    described = Page(html).named("day")["aria-describedby"] or ""

    assert "DD.MM.ÅÅÅÅ" in html
    assert described.split()[0] == "id_day_format"
    assert ("id_day_error" in described) == bool(data)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize(
    "written", ["03.04.2026", "3.4.2026", "03-04-2026", "03/04/2026", "03042026"]
)
def test_a_date_is_read_the_danish_way_in_both_languages(language: str, written: str) -> None:
    with translation.override(language):
        read = forms.DateField().clean(written)

    assert (read.day, read.month) == (3, 4)


def test_a_limited_text_counts_down_in_the_readers_language() -> None:
    page = Page(rendered(Everything()))

    assert page.values("data-maxlength") == ["500"]
    assert "{value}" in page.values("data-left-over")[0]


def test_what_was_chosen_is_still_chosen() -> None:
    page = Page(rendered(Everything({"finished": "no"})))
    checked = [attrs["value"] for _, attrs in page.elements if "checked" in attrs]

    assert checked == ["no"]


def test_a_layout_carries_conditions_units_and_buttons() -> None:
    html = laid_out(
        Everything(),
        Fieldset("Smerten", InlineRadios("finished"), Row("day", AppendedText("note", "0–10"))),
        Div("words", data_shown_when="finished=no"),
        HTML("<p>Og mere</p>"),
        Submit("send", "Send"),
        Submit("back", "Tilbage", css_class="button-secondary"),
    )
    page = Page(html)

    assert page.values("data-shown-when") == ["finished=no"]
    assert "form-input-suffix" in html
    assert "choices--inline" in html
    assert (page.named("send")["class"] or "").split() == ["button", "button-primary"]
    assert (page.named("back")["class"] or "").split() == ["button", "button-secondary"]


def test_a_formset_shows_each_form_and_what_is_wrong_with_them_together() -> None:
    class Medicine(forms.Form):
        drug = forms.CharField(label="Præparat")

    formset = forms.formset_factory(Medicine, max_num=1, validate_max=True)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-drug": "A", "form-1-drug": "B"}
    )
    html = Template("{% load crispy_forms_tags %}{{ formset|crispy }}{% crispy formset %}").render(
        Context({"formset": formset, "csrf_token": "token"})
    )

    assert html.count('value="A"') == 2
    assert str(formset.non_form_errors()[0]) in html
