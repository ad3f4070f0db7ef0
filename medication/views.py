"""The calculator: lines of medicine as text, with the working shown. Nothing is kept."""

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from medication.forms import CalculatorForm
from medication.reading_list import MedicationReading, read_list
from medication.showing import shown
from staff.permissions import Permission

EXAMPLES: Final = (
    "Contalgin 30 mg 1 x 2",
    "Contalgin 30 mg 1+0+2",
    "Durogesic 25 µg/t hver 3. døgn",
    "Tramadol 50 mg 2 tabl. 4 gange dgl.",
    "Oxynorm 5 mg p.n. højst 4 dgl.",
    "Oramorph 2 mg/ml 5 ml p.n. højst 4 gange dgl.",
    "Targin 10/5 mg morgen og aften",
)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.USE_CALCULATOR, raise_exception=True)
def calculator(request: HttpRequest, limit: Callable[[], Decimal]) -> HttpResponse:
    """Posted, since a list of medicine must stand in no address; shown again as it was typed.

    ``limit`` tells the dose, in mg a day, above which a patient is admitted for it: a rule of a
    room above, so the address brings it along.
    """
    form = CalculatorForm(request.POST or None)
    context = {"form": form, "examples": EXAMPLES, **shown(_reading(form), limit())}
    if request.headers.get("HX-Request"):
        return render(request, "medication/result.html", context)
    return render(request, "medication/calculator.html", context)


def _reading(form: CalculatorForm) -> MedicationReading:
    lines = form.cleaned_data["lines"].splitlines() if form.is_valid() else []
    return read_list(lines)
