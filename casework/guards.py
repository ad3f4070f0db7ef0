"""What the database itself refuses, whoever writes: triggers that no page or shell goes around."""

from collections.abc import Iterable

import pgtrigger

NEVER_DELETED = pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)
NEVER_EMPTIED = pgtrigger.Trigger(
    name="never_emptied",
    level=pgtrigger.Statement,
    operation=pgtrigger.Truncate,
    when=pgtrigger.Before,
    func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;",
)
APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
# For rows that say what was: written once, and there as long as the database is.
FROZEN = [APPEND_ONLY, NEVER_EMPTIED]

WATCHES = "stands_as_its_history_tells"
REFUSE = "RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = {message};"


def stands_as_its_history_tells(history: str) -> pgtrigger.Trigger:
    """At the end of a transaction a case has the version, status and end of its last transition.

    ``history`` is the table of the transitions. Looked at once the transaction is over, since the
    case and its line of history are two statements.
    """
    differs = (
        "told.sequence IS DISTINCT FROM stands.version"
        " OR told.to_status IS DISTINCT FROM stands.status"
        " OR (stands.closed_at IS NOT NULL AND stands.closed_at IS DISTINCT FROM told.at)"
    )
    return pgtrigger.Trigger(
        name=WATCHES,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("status", "version", "closed_at"),
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        declare=[("stands", "RECORD"), ("told", "RECORD")],
        func=pgtrigger.Func(
            "SELECT status, version, closed_at INTO stands"
            " FROM {meta.db_table} WHERE id = NEW.id;"
            f" SELECT sequence, to_status, at INTO told FROM {history}"
            " WHERE case_id = NEW.id ORDER BY sequence DESC LIMIT 1;"
            f" IF {differs} THEN"
            f" {_refuse('stands otherwise than its last transition')} END IF;"
            " RETURN NULL;"
        ),
    )


def goes_on_from_the_last(
    case: str, moves: Iterable[tuple[str, str]], closed: Iterable[str]
) -> pgtrigger.Trigger:
    """A new transition makes a move of the table, from where the one before it ended.

    It says who made it, and why when it closes the case; it never runs ahead of the case. ``case``
    is the table of the cases. Only what is written now is looked at: what was written under an
    older table stays true.
    """
    pairs = ",".join(f"{source}:{target}" for source, target in moves)
    before = "SELECT 1 FROM {meta.db_table} AS b WHERE b.case_id = NEW.case_id"
    checks = {
        f"NOT NEW.from_status || ':' || NEW.to_status = ANY('{{{{{pairs}}}}}'::text[])": (
            "makes a move that the table does not have"
        ),
        "(CASE WHEN NEW.sequence = 1 THEN NEW.from_status <> '' ELSE NOT EXISTS ("
        f"{before} AND b.sequence = NEW.sequence - 1 AND b.to_status = NEW.from_status) END)": (
            "does not go on from the one before it"
        ),
        f"NOT EXISTS (SELECT 1 FROM {case} AS c"
        " WHERE c.id = NEW.case_id AND c.version >= NEW.sequence)": "runs ahead of its case",
        "NEW.by_name !~ '\\S'": "does not say who made it",
        f"NEW.to_status = ANY('{{{{{','.join(closed)}}}}}'::text[]) AND NEW.why !~ '\\S'": (
            "closes its case without saying why"
        ),
    }
    refusals = [f"IF {broken} THEN {_refuse(words)} END IF;" for broken, words in checks.items()]
    return pgtrigger.Trigger(
        name="goes_on_from_the_last",
        operation=pgtrigger.Insert,
        when=pgtrigger.After,
        func=pgtrigger.Func(" ".join([*refusals, "RETURN NULL;"])),
    )


def _refuse(words: str) -> str:
    """Raise with the table and what is wrong: never with a row's words."""
    return REFUSE.format(message=f"'pgtrigger: a row of ' || TG_TABLE_NAME || ' {words}'")
