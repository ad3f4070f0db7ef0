"""What the proof asks of the cases is found by indexes, however many cases were closed."""

import pytest
from django.db import connection

from oversight import cases

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("question", [cases.COUNT, cases.LIST])
def test_closed_cases_are_not_read(question: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "CASES", f"EXPLAIN {cases.CASES}")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = "\n".join(line for (line,) in cases._asked(question, most=50))
    assert "Seq Scan on referrals_referral" not in plan
    assert "Seq Scan on pathways_pathway" not in plan
    for name in ("referrals_closed_wrongly", "pathways_closed_wrongly"):
        assert name in plan
