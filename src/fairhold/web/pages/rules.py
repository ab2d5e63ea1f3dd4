"""The rulebook as a page: every clock and every clause in plain words, each with its citation."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fairhold.adapters.rulebook.reader import RulebookError
from fairhold.core.rules.book import Clause
from fairhold.core.rules.vocabulary import ProofRule
from fairhold.flow.desk import current
from fairhold.flow.wordings import words_for


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the decision order, as a heading with its clauses."""

    title: str
    clauses: tuple[tuple[Clause, tuple[ProofRule, ...]], ...]


@require_GET
def archive(request: HttpRequest) -> HttpResponse:
    """Every version of every rulebook on the shelf; which one is in force for new orders."""
    shelf = current().shelf
    names = [name.split("/") for name in shelf.names()]
    page = {"versions": names, "in_force_name": shelf.in_force.split("/"), "nav": "rules"}
    return render(request, "desk/archive.html", page)


@require_GET
def book(request: HttpRequest, name: str, version: str) -> HttpResponse:
    """One version of a rulebook, in the order in which it decides."""
    shelf = current().shelf
    try:
        found, process = shelf.book(f"{name}/{version}"), shelf.process(f"{name}/{version}")
    except RulebookError as error:
        raise Http404 from error
    steps = [
        Step(
            words_for(step).capitalize(),
            tuple(
                (one, tuple(found.proofs[asked] for asked in one.asks))
                for one in found.by_step[step]
            ),
        )
        for step in found.steps
    ]
    clocks = list(process.clocks.values())
    page = {
        "book": found,
        "book_id": f"{name}/{version}",
        "steps": steps,
        "clocks": clocks,
        "nav": "rules",
    }
    return render(request, "desk/rules.html", page)
