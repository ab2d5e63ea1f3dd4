"""Theorems of fairness: proof never harms who brings it, silence never loses money, none appears.

They hold over complete facts. Of a refund that is a share only the bounds of a share are used.
"""

from collections.abc import Iterator
from typing import Any

import z3

from fairhold.adapters.prover.encoding import TRUE, Encoding
from fairhold.adapters.prover.statements import Statement, about
from fairhold.adapters.prover.worth import Worth, above_of
from fairhold.core.rules.book import Book, Clause
from fairhold.core.rules.establish import PROOF
from fairhold.core.rules.vocabulary import Kind, KnownFrom

SIDES = ("buyer", "seller")
# Refunds out of the order's own money.
HELD = (None, "seller_escrow")
# What says where undecided money goes next.
AHEAD = {"clock", "remedy_options", "recommended"}


def fairness(book: Book, encoding: Encoding) -> Iterator[Statement]:
    """Every theorem, one statement for each proof, fact and clause that it is about."""
    worth = Worth(book, encoding)
    yield from _proof_never_harms(book, encoding, worth)
    yield from _never_more_than_was_paid(book, encoding, worth)
    yield from _silence_leaves_no_money(book, encoding)


def _proof_never_harms(book: Book, encoding: Encoding, worth: Worth) -> Iterator[Statement]:
    """With one more own fact proven, all else the same, a side is not worse off.

    The buyer asks for everything: clauses that give what was asked for give no less than others.
    """
    amount, fixed = worth.to_the_buyer()
    reads = tuple(dict.fromkeys(name for one in book.clauses for name in one.rests_on))
    for side, what, without, proven in _own_facts(book):
        before, after = encoding.fixed(without), encoding.fixed(proven)
        old = z3.substitute(amount, before)
        new = z3.substitute(amount, after)
        both = [z3.substitute(fixed, one) for one in (before, after)]
        worse = new < old if side == "buyer" else new > old
        yield Statement(
            f"the {side} is worse off with proof of {what}",
            (what,),
            reads,
            (*worth.bounds, worth.everything_asked, *encoding.are(without), *both, worse),
            possible=False,
        )


def _own_facts(book: Book) -> Iterator[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    """Side, name, and the facts without and with the proof."""
    for name, rule in book.proofs.items():
        shown = book.showing[name]
        lapsed = {fact: book.lapsing[name][fact] for fact in shown if fact in book.lapsing[name]}
        proof = PROOF + name
        yield rule.party, name, {**lapsed, proof: False}, {**shown, proof: True}
    for name, fact in book.facts.items():
        presumed = fact.presumption is not None and fact.presumption.value is False
        own = fact.burden in SIDES and not name.startswith(PROOF)
        alleged = fact.known_from is KnownFrom.CASE
        if fact.kind is Kind.BOOL and presumed and own and not alleged:
            yield fact.burden, name, {name: False}, {name: True}


def _never_more_than_was_paid(book: Book, encoding: Encoding, worth: Worth) -> Iterator[Statement]:
    """Nobody gets less than nothing, both together what was paid, unless another fund pays."""
    for clause in book.clauses:
        if clause.adds or not clause.then.refund:
            continue
        refund = worth.refund(clause)
        fits = z3.And(refund >= 0, refund <= worth.total)
        if clause.then.release == "all" and clause.then.funded_by in HELD:
            fits = z3.And(fits, refund == 0)
        formulas = [*worth.bounds, encoding.clauses[clause.id], z3.Not(fits)]
        yield about("gives more than was paid", [clause], formulas, possible=False)


def _silence_leaves_no_money(book: Book, encoding: Encoding) -> Iterator[Statement]:
    """Where both sides are silent, what decides says where the money goes, or who will.

    Steps that never pay are about something else: whether one may file, what counts as evidence.
    """
    silent = encoding.are(_silence(book))
    pays = {one.step for one in book.clauses if one.then.refund or one.then.refund_after_return}
    for clause in book.clauses:
        if clause.adds or clause.step not in pays or _owned(clause):
            continue
        above = [z3.Not(encoding.clauses[one.id]) for one in above_of(book, clause)]
        formulas = [*silent, *_filed(book, encoding), encoding.clauses[clause.id], *above]
        what = "leaves money without an owner where both sides are silent"
        yield about(what, [clause], formulas, possible=False)


def _owned(clause: Clause) -> bool:
    then = clause.then
    named = then.refund or then.refund_after_return or then.release in ("all", "rest")
    return bool(named or then.discretion or AHEAD & {name for name, _ in then.also})


def _silence(book: Book) -> dict[str, Any]:
    """What is presumed of all that the sides would have to show, and of what nobody alleges."""
    told = {name: value for rules in book.lapsing.values() for name, value in rules.items()}
    for name, rule in book.facts.items():
        if name in book.presumed and rule.known_from in (KnownFrom.FINDING, KnownFrom.OUTSIDE):
            told[name] = book.presumed[name]
    return told


def _filed(book: Book, encoding: Encoding) -> list[Any]:
    """An ordinary dispute is there to decide, for one of the reasons that the book answers for."""
    reasons = [
        encoding.of_value(fact, value) for fact, values in book.complete.items() for value in values
    ]
    ordinary = encoding.of(book.ordinary) if book.ordinary else TRUE
    return [z3.Or(reasons) if reasons else TRUE, ordinary]
