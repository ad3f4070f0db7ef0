import pytest

from staff.admin import UnitForm
from staff.ydernummer import read_ydernummer


@pytest.mark.parametrize(
    ("typed", "number"),
    [("079741", "079741"), ("77410", "077410"), (" 079 741 ", "079741"), ("123456", "123456")],
)
def test_a_ydernummer_gets_six_digits(typed: str, number: str) -> None:
    assert read_ydernummer(typed) == number


@pytest.mark.parametrize("typed", ["", "1234", "1234567", "07974A", "079-741", "٠79741"])
def test_anything_else_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^Ydernummeret skal have 5 eller 6 cifre\.$"):
        read_ydernummer(typed)


@pytest.mark.django_db
def test_the_administrator_keeps_a_unit_under_six_digits() -> None:
    form = UnitForm({"kind": "practice", "name": "Lægerne Torvet", "ydernummer": "77410"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["ydernummer"] == "077410"
    assert "5 eller 6 cifre" in str(UnitForm({"kind": "practice", "ydernummer": "12"}).errors)
