"""A rulebook as a page that a seller can read: clauses in order of rank, facts, proofs, clocks."""

from fairhold.core.rules.book import Book, Clause
from fairhold.core.rules.formulas import FORMULAS
from fairhold.core.rules.process import Process
from fairhold.core.rules.vocabulary import FactRule


def page(book: Book, process: Process) -> str:
    """The whole book as Markdown."""
    parts = [
        f"# Rulebook {book.name}, version {book.version}\n",
        "<!-- Written by `fairhold reference`; change the book, not this page. -->\n",
        "An earlier step outranks every later one; inside a step, only what a clause overrides.\n",
        *(_step(book, step) for step in book.steps),
        "## What is asked of whom\n",
        *(
            f"- **{one.name}**: {one.summary} From the {one.party}, within {one.days} days of the "
            f"notice; {'all' if one.all_needed else 'any'} of {', '.join(one.documents)}. "
            f"{one.citation}\n"
            for one in book.proofs.values()
        ),
        "## Clocks of the procedure\n",
        *(
            f"- **{one.kind}** ({one.clause}): {one.span}. {one.summary} {one.citation}\n"
            for one in process.clocks.values()
        ),
        "## Formulas\n",
        *(f"- **{name}**: {(made.__doc__ or '').strip()}\n" for name, made in FORMULAS.items()),
        "## Facts\n",
        *(_fact(one) for one in book.facts.values() if not one.name.startswith("proof.")),
    ]
    return "\n".join(parts)


def _step(book: Book, step: str) -> str:
    return f"## {step.replace('_', ' ').capitalize()}\n\n" + "\n".join(
        _clause(one) for one in book.by_step[step]
    )


def _clause(clause: Clause) -> str:
    told = [f"### {clause.id}\n", clause.summary, f"\n{clause.citation}."]
    if clause.overrides:
        told.append(f"Overrides {', '.join(clause.overrides)}.")
    if clause.adds:
        told.append("Adds to the result of other clauses.")
    told.append(f"Reads {', '.join(f'`{name}`' for name in clause.reads)}.")
    return "\n".join(told) + "\n"


def _fact(rule: FactRule) -> str:
    values = f" ({', '.join(rule.values)})" if rule.values else ""
    known = f"known from {rule.known_from.value}, shown by {rule.burden}"
    return f"- `{rule.name}`: {rule.meaning}{values} {rule.kind.value}, {known}. {rule.citation}\n"
