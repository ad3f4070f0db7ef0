"""Names sort as Danes sort them, in Python and in the database alike."""

import unicodedata

import pytest
from django.db import connection
from django.db.migrations.writer import MigrationWriter
from django.db.models import F
from django.db.models.expressions import RawSQL
from django.db.models.sql import Query
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from patients.names import DanishKey, danish_key

# The order of a Danish telephone directory.
DIRECTORY = [
    "Abel", "andersen", "Beck", "Bæk", "Bøgh", "Baagø", "Cæsar", "de la Cour", "Dehn",
    "Hansen", "Hansen Bo", "Hansen-Lund", "Hansenius", "Muhl", "Müller", "Myrup", "Zoëga",
    "Zoffmann", "Äggert", "Ægidius", "Ærø", "Øgaard", "Østergård", "Östlund", "Aabel", "Ågerup",
    "AAkjær", "Ås",
]  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyzæøåABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ"
syllables = st.sampled_from(
    ["aa", "Aa", "AA", "å", "a\u030a", "é", "ü", "ö", "ä", "-", " ", "'", "ı", "İ", "ß", "%", "{"]
)
danish_names = st.lists(st.sampled_from(LETTERS) | syllables, max_size=12).map("".join)
# Without unassigned characters: what they become when normalised differs between Unicode versions.
any_names = st.text(st.characters(exclude_categories=["Cs", "Cn"], exclude_characters="\0"))
many_names = st.lists(danish_names | any_names, max_size=30)


def key_sql(name_sql: str = "name") -> str:
    compiler = Query(None).get_compiler(connection=connection)
    sql, _ = compiler.compile(DanishKey(RawSQL(name_sql, [])))
    return str(sql)


def query(sql: str, names: list[str] | None = None) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, None if names is None else (names,))
        rows: list[tuple[str, ...]] = cursor.fetchall()
        return rows


def test_python_sorts_as_the_directory_does() -> None:
    assert sorted(set(DIRECTORY), key=danish_key) == DIRECTORY


@pytest.mark.parametrize(
    ("one", "other"),
    [("Aagaard", "ÅGÅRD"), ("André", "andre"), ("Åse", unicodedata.normalize("NFD", "åse"))],
)
def test_spellings_that_sort_together_have_the_same_key(one: str, other: str) -> None:
    assert danish_key(one) == danish_key(other)


class TheDatabaseAgreesWithPython(TestCase):
    @settings(max_examples=200)
    @given(many_names)
    def test_on_every_key_and_on_the_order(self, names: list[str]) -> None:
        rows = query(
            f"SELECT name, {key_sql()} FROM unnest(%s::text[]) AS name "
            'ORDER BY 2, name COLLATE "C"',
            names,
        )
        assert rows == sorted(
            ((name, danish_key(name)) for name in names), key=lambda row: (row[1], row[0])
        )

    def test_whatever_collation_the_name_has(self) -> None:
        expected = [(danish_key(name),) for name in DIRECTORY]
        for collation in ("C", "POSIX", "pg_c_utf8", "pg_unicode_fast", "default"):
            key = key_sql(f'name COLLATE "{collation}"')
            rows = query(f"SELECT {key} FROM unnest(%s::text[]) AS name ORDER BY 1", DIRECTORY)
            assert rows == expected, collation

    def test_in_a_generated_column(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                'CREATE TEMPORARY TABLE listed (name varchar(70), sort_name text COLLATE "C" '
                f"GENERATED ALWAYS AS ({key_sql()}) STORED) ON COMMIT DROP"
            )
            cursor.execute("INSERT INTO listed SELECT unnest(%s::text[])", [DIRECTORY[::-1]])
        rows = query("SELECT name FROM listed ORDER BY sort_name")
        assert [name for (name,) in rows] == DIRECTORY


def test_a_migration_writes_the_expression_by_name() -> None:
    written, imports = MigrationWriter.serialize(DanishKey(F("family_name")))
    assert written == "patients.names.DanishKey(models.F('family_name'))"
    assert "import patients.names" in imports
