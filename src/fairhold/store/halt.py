"""The halt of money: set by an audit that found something, lifted by a person."""

from datetime import datetime

from fairhold.store.models import MoneyHalt


def halted() -> str | None:
    """Why no payment instruction leaves; None where they do."""
    return MoneyHalt.objects.filter(id=1).values_list("why", flat=True).first()


def halt(why: str, now: datetime) -> None:
    """Hold payment instructions back; the first reason stands."""
    MoneyHalt.objects.get_or_create(id=1, defaults={"since": now, "why": why[:300]})


def resume() -> bool:
    """Let payment instructions leave again; whether they were held."""
    return MoneyHalt.objects.filter(id=1).delete()[0] > 0
