"""What is asked about opioids at discharge, where what is told contradicts itself or is open."""

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from admission.criteria.answers import Text, said
from admission.criteria.facts import Facts, ListedOpioids
from admission.subacute import listed_above_stated, may_be_above_stated


def asked_about_dose(facts: Facts) -> tuple[str, ...]:
    """The facts in which what is asked about opioids is answered."""
    if facts.takes_opioids is False:
        return ("takes_opioids", "listed")
    return ("morphine_mg_at_discharge", "listed")


def what_dose(facts: Facts) -> Text:
    """What is asked where the dose at discharge is not known: what the list leaves open.

    Nothing where no opioids are taken.
    """
    listed = facts.listed
    if facts.takes_opioids is False:
        return ""
    if listed is None:
        return _(
            "Hvilken opioiddosis udskrives patienten med? Skriv den, eller bekræft, at linjerne på "
            "medicinlisten er læst rigtigt."
        )
    if listed.at_least:
        return _(
            "Medicinlistens opioider kan ikke alle regnes sammen. Hvilken dosis udskrives "
            "patienten med?"
        )
    return _as_needed_on_top(listed) if listed.as_needed else NO_OPIOID_LISTED


NO_OPIOID_LISTED = _(
    "Der står ingen opioider på medicinlisten. Hvilken dosis udskrives patienten med?"
)


@said
def _as_needed_on_top(listed: ListedOpioids) -> str:
    words = {
        "regular": number_format(listed.regular.normalize()),
        "as_needed": number_format(listed.as_needed.normalize()),
    }
    return (
        gettext(
            "%(regular)s mg fast og op til %(as_needed)s mg efter behov derudover: hvilken dosis "
            "udskrives patienten med?"
        )
        % words
    )


def which_dose(facts: Facts) -> Text:
    """What is asked where what is told about opioids contradicts itself."""
    if facts.takes_opioids is False:
        return _(
            "Ifølge svaret får patienten ikke opioider, men de står på medicinlisten eller som "
            "dosis ved udskrivelsen. Hvad er rigtigt?"
        )
    if may_be_above_stated(facts) and not listed_above_stated(facts):
        return _(
            "Medicinlisten har linjer, der ikke kan regnes med, så opioiddosis kan være højere end "
            "den, der er oplyst. Hvad er rigtigt?"
        )
    return _("Medicinlisten giver en anden opioiddosis end den, der er oplyst. Hvad er rigtigt?")
