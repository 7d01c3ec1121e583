"""Append-only guards: the database itself refuses to change or remove audit entries, transitions and anchors.

A table rebuilt by a migration on SQLite loses its triggers, so they are put back after every `migrate`.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("ledger_auditentry", "ledger_transition", "ledger_anchor")
VERBS = ("UPDATE", "DELETE")
MESSAGE = "append-only: ledger rows are never changed or removed"

POSTGRES_FUNCTION = f"""
    CREATE OR REPLACE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$
"""


def put_guards(connection: BaseDatabaseWrapper) -> None:
    """Put the guards of every ledger table that exists in place, new ones for old."""
    lift_guards(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
        for table in guarded(connection):
            for verb in VERBS:
                cursor.execute(guard(connection.vendor, table, verb))


def lift_guards(connection: BaseDatabaseWrapper) -> None:
    """Take the guards away; for the purge of an expired archive and for tests that empty their tables."""
    with connection.cursor() as cursor:
        for table in guarded(connection):
            for verb in VERBS:
                suffix = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name(table, verb)}{suffix}")


def guarded(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the ledger tables this database has at present."""
    present = set(connection.introspection.table_names())
    return [table for table in TABLES if table in present]


def name(table: str, verb: str) -> str:
    """Return the trigger's name."""
    return f"{table}_no_{verb.lower()}"


def guard(vendor: str, table: str, verb: str) -> str:
    """Return the statement that makes one trigger."""
    head = f"CREATE TRIGGER {name(table, verb)} BEFORE {verb} ON {table}"
    if vendor == "postgresql":
        return f"{head} FOR EACH ROW EXECUTE FUNCTION ledger_append_only()"
    return f"{head} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
