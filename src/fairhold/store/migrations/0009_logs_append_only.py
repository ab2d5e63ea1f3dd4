"""The log of chain heads and the chain of custody refuse UPDATE and DELETE."""

from typing import Any

from django.db import migrations

from fairhold.store import triggers


def forbid(apps: Any, editor: Any) -> None:
    """Put the triggers in place."""
    for statement in triggers.statements(editor.connection.vendor, triggers.LOGS):
        editor.execute(statement, params=None)


def allow(apps: Any, editor: Any) -> None:
    """Take them away."""
    for statement in triggers.removals(editor.connection.vendor, triggers.LOGS):
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """Append-only by trigger."""

    dependencies = [("store", "0008_evidence_and_log")]
    operations = [migrations.RunPython(forbid, allow)]
