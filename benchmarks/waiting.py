"""Does the hourly check cost what is due, or what there is? `make benchmark`.

Makes 1,000,000 open cases in a database of their own, 2,000 of them due, and lets four checks loose
on them at the same time: each notice must be written once. Then takes the time of a check as it
mostly is, when all has been told, by turns with the plain SQL that finds the 2,000. Ends with 1
when a promise is broken: each notice once, and less than 2 times the plain SQL's time. What the
first check takes, which also writes 2,000 notices and the e-mails, is said beside.
"""

import datetime as dt
import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import django

from tests.servers import start_missing

REFERRALS: Final = 900_000
PATHWAYS: Final = 100_000
DUE_OF_EACH: Final = 1_000
AT_ONCE: Final = 4
ROUNDS: Final = 100
MOST_TIMES: Final = 2.0
GATE: Final = 4_711  # the number of a lock of the database's that lets the checks go together


def main() -> int:
    """Make the cases, check them four times at once, and hold a check against the plain SQL."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    start_missing()
    django.setup()
    from django.db import connection

    usual = str(connection.settings_dict["NAME"])
    connection.settings_dict["TEST"]["NAME"] = "waiting_million"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        return measured()
    finally:
        connection.creation.destroy_test_db(usual, verbosity=0)


def measured() -> int:
    """Say what was found; 1 when a promise is broken."""
    from casework.models import DeadlineNotice

    began = time.perf_counter()
    make()
    say(f"{REFERRALS + PATHWAYS:>9,} cases made in {time.perf_counter() - began:.0f} s")
    first, shares = once(lambda: rolled_back(check)), four_at_once()
    written, wanted = DeadlineNotice.objects.count(), expected()
    vacuum()
    plain, usual = best_times()
    times = usual / plain
    say(f"{found():>9,} due dates found by plain SQL: {plain:.1f} ms")
    say(f"          an hourly check of them, all told: {usual:.1f} ms, {times:.2f} times the SQL")
    say(f"          the first check, with {wanted:,} notices and the e-mails: {first:.0f} ms")
    say(f"          four checks at once wrote {shares}: {written:,} notices of {wanted:,}")
    is_once = sum(shares) == written == wanted
    return 0 if is_once and times < MOST_TIMES else 1


def make() -> None:
    """The cases as the tables hold them; the guards look at each row, and are left out here."""
    from django.db import connection, transaction
    from django.utils import timezone

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        fill_all(timezone.localdate())
    vacuum()


def vacuum() -> None:
    """What the server does by itself before long."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def fill_all(today: dt.date) -> None:
    """Patients, referrals and pathways with one step of history each, and 40 people to tell."""
    from django.utils import timezone

    from pathways.models import Pathway, PathwayTransition
    from patients.models import Patient
    from referrals.models import Referral, ReferralTransition
    from staff.models import ReferringUnit, User
    from staff.permissions import Role

    unit = ReferringUnit.objects.create(name="Praksis", kind="practice", ydernummer="000001")
    User.objects.bulk_create(
        User(username=f"u{n}", name=f"Person {n}", email=f"u{n}@example.dk", role=Role.SECRETARY)
        for n in range(40)
    )
    User.objects.create(username="m", name="Leder", email="m@example.dk", role=Role.MANAGER)
    someone = "(SELECT min(id) FROM staff_user) + n % 40"
    due = f"DATE '{today}' + CASE WHEN n <= {DUE_OF_EACH} THEN 1 - n % 9 ELSE 30 + n % 900 END"
    ahead = f"DATE '{today}' + 30 + n % 900"
    then = timezone.now() - dt.timedelta(days=9)
    fill(Patient, PATHWAYS, {"number": "lpad(n::text, 10, '0')"}, birth_date=dt.date(1970, 1, 1))
    case = {"patient_id": "1 + n %% 100000", "due_on": due}
    fill(
        Referral,
        REFERRALS,
        {**case, "owner_id": someone, "referrer_id": someone, "notify_by": ahead},
        unit_id=unit.pk,
        version=1,
        status_since=then,
        received_on=today,
    )
    people = {"responsible_id": someone, "next_step_by_id": someone}
    fill(
        Pathway,
        PATHWAYS,
        {**case, **people, "patient_id": "n", "first_visit_by": ahead},
        unit_id=unit.pk,
        version=1,
        status_since=then,
        next_step="Ring",
    )
    for history, cases, status in (
        (ReferralTransition, REFERRALS, "received"),
        (PathwayTransition, PATHWAYS, "waiting"),
    ):
        fill(history, cases, {"case_id": "n"}, sequence=1, at=then, to_status=status, by_name="P")


def fill(model: Any, rows: int, columns: dict[str, str], **values: Any) -> None:
    """So many rows numbered from 1, ``columns`` by an expression of n, else the field's default."""
    from django.db import connection
    from django.db.models.fields import NOT_PROVIDED

    fields = [field for field in model._meta.concrete_fields if not field.generated]
    written, params = {"id": "n"}, []
    for field in fields[1:]:
        name = field.column
        if name in columns:
            written[name] = columns[name].replace("%%", "%").replace("%", "%%")
        else:
            has_default = field.default is not NOT_PROVIDED
            usual = field.get_default() if has_default else (None if field.null else "")
            written[name] = "%s"
            params.append(values.get(name, usual))
    quoted = ", ".join(connection.ops.quote_name(name) for name in written)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({quoted})"
            f" SELECT {', '.join(written.values())} FROM generate_series(1, {rows}) n",
            params,
        )


def expected() -> int:
    """A notice to the owner of each that is due, and one to the manager of what is long past."""
    from django.utils import timezone

    from pathways.models import Pathway
    from referrals.models import Referral
    from staff import deadlines

    today = timezone.localdate()
    return sum(
        model.objects.filter(due_on__lte=limit).count()
        for model in (Referral, Pathway)
        for limit in (deadlines.soon_limit(today), deadlines.latest_start("escalate", today))
    )


def found() -> int:
    return sum(len(rows(statement)) for statement in PLAIN)


def rows(statement: str) -> list[Any]:
    """What one clock has due, and whom a notice would have to go to, by plain SQL."""
    from django.db import connection
    from django.utils import timezone

    from staff import deadlines

    with connection.cursor() as cursor:
        cursor.execute(statement, [deadlines.soon_limit(timezone.localdate())])
        return list(cursor.fetchall())


SELECT: Final = (
    "SELECT one.id, one.{due}, one.status, owner.id, owner.name, owner.email FROM {cases} one"
    " LEFT JOIN staff_user owner ON owner.id = one.{owner}"
    " WHERE one.closed_at IS NULL AND one.{due} <= %s"
)
PLAIN: Final = (
    SELECT.format(cases="referrals_referral", due="due_on", owner="owner_id"),
    SELECT.format(cases="referrals_referral", due="notify_by", owner="owner_id"),
    SELECT.format(cases="pathways_pathway", due="due_on", owner="next_step_by_id"),
    SELECT.format(cases="pathways_pathway", due="first_visit_by", owner="next_step_by_id")
    + " AND one.status = 'waiting'",
)


def check() -> int:
    """What the two hourly tasks do."""
    import pathways.waiting
    import referrals.waiting

    return referrals.waiting.check() + pathways.waiting.check()


def rolled_back(act: Callable[[], object]) -> None:
    """Do it as if for good, and undo it."""
    from django.db import connection, transaction

    with transaction.atomic():
        act()
        connection.check_constraints()
        transaction.set_rollback(True)


def once(act: Callable[[], object]) -> float:
    """How long it takes, in milliseconds."""
    started = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - started)


def best_times() -> tuple[float, float]:
    """The plain SQL's and the check's, the best of each clock: the machine's other work only slows.

    By turns, so that both meet the same machine.
    """
    from correspondence.overdue import tell
    from pathways.waiting import FIRST_VISITS, NEXT_STEPS
    from referrals.waiting import LETTERS, REFERRALS

    plain = check = 0.0
    for statement, watch in zip(PLAIN, (REFERRALS, LETTERS, NEXT_STEPS, FIRST_VISITS), strict=True):
        pairs = [
            (once(partial(rows, statement)), once(partial(tell, [watch]))) for _ in range(ROUNDS)
        ]
        plain += min(first for first, _ in pairs)
        check += min(second for _, second in pairs)
    return plain, check


def four_at_once() -> list[int]:
    """How many notices each of four processes wrote, that were let go at the same moment."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [GATE])
        started = [checking() for _ in range(AT_ONCE)]
        while waiting(cursor) < AT_ONCE:
            if any(process.poll() is not None for process in started):
                raise SystemExit("A check ended before the others began.")
            time.sleep(0.1)
        cursor.execute("SELECT pg_advisory_unlock(%s)", [GATE])
    return [int(process.communicate()[0].split()[-1]) for process in started]


def checking() -> "subprocess.Popen[str]":
    """A process that waits for the gate and then checks."""
    from tests.processes import on_the_test_database

    command = [sys.executable, "-m", "benchmarks.waiting", "check"]
    return subprocess.Popen(command, env=on_the_test_database(), stdout=subprocess.PIPE, text=True)


def waiting(cursor: Any) -> int:
    """How many stand at the gate."""
    cursor.execute(
        "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database"
        " WHERE datname = current_database() AND locktype = 'advisory' AND NOT granted"
    )
    return int(cursor.fetchone()[0])


def check_at_the_gate() -> None:
    """What `checking` runs: says how many notices it wrote."""
    django.setup()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(%s)", [GATE])
        cursor.execute("SELECT pg_advisory_unlock_shared(%s)", [GATE])
    say(f"{check()}")


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:] == ["check"]:
        check_at_the_gate()
    else:
        sys.exit(main())
