"""The partials: what each shows, and that each stands without what may be missing."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from admission.criteria import Change, Finding, Verdict
from admission.criteria.answers import UNANSWERED
from admission.routing import Alternative, Routing
from pathways.tracks import Track
from tests.look.markup import Page

COMPONENTS = Path(settings.BASE_DIR) / "templates" / "components"
STANDALONE = sorted(path.name for path in COMPONENTS.glob("*.html"))


def component(name: str, /, **context: object) -> str:
    return " ".join(render_to_string(f"components/{name}.html", context).split())


@pytest.mark.parametrize("name", STANDALONE)
def test_each_says_its_context_at_the_top(name: str) -> None:
    assert (COMPONENTS / name).read_text().startswith("{# ")


def finding(verdict: Verdict) -> Finding:
    return Finding(
        code="pain_months",
        name="Smerter i mindst 6 måneder",
        verdict=verdict,
        fact="4 måneder",
        sentence="Smerter af mindst 6 måneders varighed",
        consequence="Henvis igen, når smerterne har varet i 6 måneder.",
        question="Hvornår begyndte smerterne?",
        change=Change({"received_on": dt.date(2027, 1, 14)}, "Opfyldt fra 14. januar 2027"),
    )


def panel(*findings: Finding, link: str = "") -> str:
    return component(
        "criteria_panel", findings=[{"finding": each, "link": link} for each in findings]
    )


@pytest.mark.parametrize(
    ("verdict", "word"),
    [
        (Verdict.MET, "Opfyldt"),
        (Verdict.NOT_MET, "Ikke opfyldt"),
        (Verdict.UNKNOWN, "Uafklaret"),
    ],
)
def test_a_verdict_has_a_word_an_icon_and_the_decks_sentence(verdict: Verdict, word: str) -> None:
    html = panel(finding(verdict))

    assert re.search(rf'class="finding__verdict[^"]*">\s*{word}\s*<', html)
    assert "<svg" in html
    assert "Smerter af mindst 6 måneders varighed" in html


def test_what_follows_what_is_asked_and_what_would_change_it_are_said() -> None:
    html = panel(finding(Verdict.NOT_MET))

    for text in ("Henvis igen, når", "Hvornår begyndte smerterne?", "Opfyldt fra 14. januar 2027"):
        assert text in html


def test_a_criterion_that_is_met_asks_for_nothing_and_changes_nothing() -> None:
    html = panel(finding(Verdict.MET)._replace(consequence="", question="", change=None))

    assert "finding__consequence" not in html
    assert "finding__question" not in html
    assert "finding__remedy" not in html


def test_a_question_without_an_answer_shows_no_fact() -> None:
    open_finding = finding(Verdict.UNKNOWN)._replace(fact=UNANSWERED)

    assert "finding__fact" not in panel(open_finding)
    assert "finding__fact" in panel(finding(Verdict.UNKNOWN))


def test_a_finding_leads_to_its_question() -> None:
    html = panel(finding(Verdict.UNKNOWN), link="#div_id_pain_since")

    assert 'href="#div_id_pain_since"' in html


def test_the_proposed_track_is_given_with_reasons_for_and_against() -> None:
    routing = Routing(
        proposal=Track.INTERDISCIPLINARY,
        advice_only=False,
        reasons=("Depression komplicerer.",),
        alternatives=(Alternative(Track.SINGLE, ("Én tilstand.",), ("Depression.",)),),
    )
    html = component("criteria_panel", findings=[], routing=routing, first_visit="marts 2027")

    for text in ("Tværfaglig", "Depression komplicerer.", "Monofaglig", "Imod:", "marts 2027"):
        assert text in html


@pytest.mark.parametrize(
    ("advice_only", "words"), [(True, "Kun råd og vejledning"), (False, "ikke afgjort endnu")]
)
def test_no_proposed_track_says_why(advice_only: bool, words: str) -> None:
    routing = Routing(proposal=None, advice_only=advice_only, reasons=(), alternatives=())

    assert words in component("routing", routing=routing)


def test_a_refused_action_stands_there_and_says_why() -> None:
    html = component(
        "action_bar",
        actions=[{"label": "Afvis…", "url": "/x", "refusal": "En læge skal skrive under."}],
    )
    page = Page(html)

    assert "En læge skal skrive under." in html
    assert page.referred() <= set(page.ids)
    assert "/x" not in page.values("href")


def test_an_action_opens_a_dialog_or_posts_the_version() -> None:
    page = Page(
        component(
            "action_bar",
            version=7,
            actions=[
                {"label": "Spørg…", "url": "/ask", "dialog": True, "key": "s"},
                {"label": "Godkend", "url": "/accept", "post": True, "primary": True},
            ],
        )
    )

    assert page.values("data-key-help") == ["Spørg…"]
    assert page.values("action") == ["/accept"]
    assert page.named("version")["value"] == "7"


def test_counts_are_words_to_those_who_cannot_see_the_icons() -> None:
    html = component("verdict_counts", met=9, unknown=1, not_met=0)

    assert "9<span" in html
    assert "opfyldt" in html
    assert "ikke opfyldt" not in html


def test_a_timeline_tells_who_when_and_what() -> None:
    at = dt.datetime(2026, 11, 23, 11, 5, tzinfo=dt.UTC)
    html = component("timeline", entries=[{"at": at, "title": "Modtaget", "who": "Lægerne Søborg"}])

    assert "23.11.2026 kl. 12.05" in html
    assert "Lægerne Søborg" in html


def test_an_empty_timeline_says_what_will_be_there() -> None:
    assert "efterhånden" in component("timeline", entries=[])
    assert "Intet endnu" in component("timeline", entries=[], empty_text="Intet endnu")


def test_filters_come_off_one_by_one() -> None:
    chips = [{"label": "Mine", "remove_url": "?a"}, {"label": "Subakut", "remove_url": "?b"}]

    page = Page(component("filter_chips", chips=chips, clear_url="?"))

    assert [href for href in page.values("href") if href[0] == "?"] == ["?a", "?b", "?"]
    assert component("filter_chips", chips=[]) == ""


def test_one_page_needs_no_pager() -> None:
    assert component("keyset_pager", previous_url="", next_url="") == ""
    assert Page(component("keyset_pager", next_url="?n")).values("rel") == ["next"]


def test_the_current_step_is_said_to_be_current() -> None:
    steps = [
        {"number": 1, "label": "Patient", "url": "/1", "state": "done"},
        {"number": 2, "label": "Smerten", "url": "/2", "state": "current"},
        {"number": 3, "label": "Send", "url": "", "state": "open"},
    ]
    page = Page(component("step_indicator", steps=steps))

    assert page.values("aria-current") == ["step"]
    assert page.values("href")[-1] != "/3"
    assert "Udfyldt" in page.values("aria-label")


def test_a_person_is_told_on_one_line() -> None:
    html = component("person_line", name="Lonni Lauridsen", cpr="020160-9996", age=66)

    assert "66 år" in html
    assert "tolk: nej" in html
    assert "tolk: arabisk" in component("person_line", name="L", interpreter="arabisk")


def test_a_saved_draft_says_when() -> None:
    at = dt.datetime(2026, 11, 23, 13, 2, tzinfo=dt.UTC)

    assert "Kladde gemt 14.02" in component("draft_status", saved_at=at)
    assert "Kladde gemt" not in component("draft_status", saved_at=None)


def test_facts_are_given_by_name() -> None:
    html = component("definition_list", items=[("NRS", "6"), {"term": "MÆ", "value": "110 mg"}])

    for text in ("NRS", "6", "MÆ", "110 mg"):
        assert text in html


def test_an_empty_list_says_what_to_do() -> None:
    html = component("empty_state", title="Ingen kladder", url="/ny", label="Ny henvisning")

    assert 'href="/ny"' in html
