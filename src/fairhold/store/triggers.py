"""The triggers that make journal and ledger append-only, in the words of each engine."""

APPEND_ONLY = ("journal_entry", "ledger_transfer")
# Raw scans are evidence. They came with a later migration.
SCANS = ("tracking_scan",)
# The log of chain heads and the chain of custody came later still.
LOGS = ("log_leaf", "log_node", "custody_event")
EVERY_APPEND_ONLY = (*APPEND_ONLY, *SCANS, *LOGS)

SQLITE_FORBID = """
CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION fairhold_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
"""
POSTGRES_FORBID = """
CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table}
FOR EACH ROW EXECUTE FUNCTION fairhold_append_only()
"""


def statements(vendor: str, tables: tuple[str, ...] = APPEND_ONLY) -> list[str]:
    """The statements that put the triggers of these tables in place."""
    forbid = POSTGRES_FORBID if vendor == "postgresql" else SQLITE_FORBID
    acts = [forbid.format(table=table, act=act) for table in tables for act in ("UPDATE", "DELETE")]
    return [POSTGRES_FUNCTION, *acts] if vendor == "postgresql" else acts


def removals(vendor: str, tables: tuple[str, ...] = EVERY_APPEND_ONLY) -> list[str]:
    """The statements that take them away again: a migration backwards, or a test's clean slate."""
    on = " ON {table}" if vendor == "postgresql" else ""
    return [
        f"DROP TRIGGER IF EXISTS {table}_no_{act}{on.format(table=table)}"
        for table in tables
        for act in ("UPDATE", "DELETE")
    ]
