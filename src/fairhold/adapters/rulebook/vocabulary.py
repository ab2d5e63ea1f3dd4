"""Reads the words of a book: facts, kinds of documents, requests for proof."""

from dataclasses import replace
from pathlib import Path

from fairhold.adapters.rulebook import shapes
from fairhold.adapters.rulebook.fitting import citing, fitted
from fairhold.adapters.rulebook.grammar import GrammarError, literal
from fairhold.adapters.rulebook.reader import RulebookError
from fairhold.adapters.rulebook.yaml import Source, read
from fairhold.core.rules.process import Citation
from fairhold.core.rules.vocabulary import (
    EvidenceType,
    FactRule,
    Kind,
    KnownFrom,
    Presumption,
    ProofRule,
    Value,
    When,
)


def read_facts(
    folder: Path, documents: dict[str, str], proofs: dict[str, ProofRule]
) -> dict[str, FactRule]:
    """Every fact of the book, by name."""
    found: dict[str, FactRule] = {}
    for path in sorted((folder / "facts").glob("*.yaml")):
        source = read(path)
        cite = citing(documents, source)
        for name, entry in fitted(dict[shapes.Name, shapes.FactEntry], source).items():
            if name in found:
                raise source.error((name,), f"fact {name!r} stands twice")
            _refuse_unknown_proofs(name, entry, proofs, source)
            rule = _presuming(_fact(name, entry, cite(entry.cite, (name,))), entry, source)
            found[name] = _shown(rule, entry, source)
    return found


def _fact(name: str, entry: shapes.FactEntry, citation: Citation) -> FactRule:
    return FactRule(
        name=name,
        kind=entry.type,
        values=tuple(entry.values),
        lowest=entry.lowest,
        known_from=entry.known_from,
        burden=entry.burden,
        meaning=entry.meaning,
        citation=citation,
        presumption=None,
        proofs=_proofs(entry),
        may_be_empty=entry.may_be_empty,
    )


def _refuse_unknown_proofs(
    name: str, entry: shapes.FactEntry, proofs: dict[str, ProofRule], source: Source
) -> None:
    for proof in _proofs(entry):
        if proof not in proofs:
            raise source.error((name, "proof"), f"no proof {proof!r} in this book")


def _shown(rule: FactRule, entry: shapes.FactEntry, source: Source) -> FactRule:
    if "if_met" not in entry.model_fields_set:
        return rule
    if not rule.proofs:
        raise source.error((rule.name, "if_met"), "expected a `proof` that can be met")
    return replace(rule, shown=_read(rule, entry, "if_met", source))


def _proofs(entry: shapes.FactEntry) -> tuple[str, ...]:
    if entry.proof is None:
        return ()
    return (entry.proof,) if isinstance(entry.proof, str) else tuple(entry.proof)


def _presuming(rule: FactRule, entry: shapes.FactEntry, source: Source) -> FactRule:
    for key, when in (("if_none", When.AT_ONCE), ("at_lapse", When.AT_LAPSE)):
        if key not in entry.model_fields_set:
            continue
        if when is When.AT_LAPSE and not rule.proofs:
            raise source.error((rule.name, key), "expected a `proof` whose window can lapse")
        value = _read(rule, entry, key, source)
        return replace(rule, presumption=Presumption(value, when))
    return rule


def _read(rule: FactRule, entry: shapes.FactEntry, key: str, source: Source) -> Value:
    try:
        return literal(getattr(entry, key), rule, empty=True)
    except GrammarError as error:
        raise source.error((rule.name, key), str(error)) from error


def read_proofs(folder: Path, documents: dict[str, str]) -> dict[str, ProofRule]:
    """Every request for proof, by name."""
    source = read(folder / "proofs.yaml")
    cite = citing(documents, source)
    found = {}
    for name, entry in fitted(dict[shapes.Name, shapes.ProofEntry], source).items():
        if bool(entry.all_of) == bool(entry.any_of):
            raise source.error((name,), "expected either `all_of` or `any_of`")
        found[name] = ProofRule(
            name=name,
            party=entry.party,
            documents=tuple(entry.all_of or entry.any_of),
            all_needed=bool(entry.all_of),
            days=entry.days,
            summary=entry.summary,
            citation=cite(entry.cite, (name,)),
        )
    return found


def proof_facts(proofs: dict[str, ProofRule]) -> dict[str, FactRule]:
    """Each request for proof is a fact too: whether it was met in time; false once it lapsed."""
    return {
        rule.fact: FactRule(
            name=rule.fact,
            kind=Kind.BOOL,
            values=(),
            lowest=None,
            known_from=KnownFrom.CASE,
            burden=rule.party,
            meaning=rule.summary,
            citation=rule.citation,
            presumption=Presumption(value=False, when=When.AT_LAPSE),
            proofs=(rule.name,),
        )
        for rule in proofs.values()
    }


def read_evidence(
    folder: Path, documents: dict[str, str], proofs: dict[str, ProofRule]
) -> dict[str, EvidenceType]:
    """Every kind of document, by name; the requests may name no other."""
    source = read(folder / "evidence.yaml")
    cite = citing(documents, source)
    found = {
        name: EvidenceType(
            name, tuple(entry.by), entry.meaning, cite(entry.cite, (name,)), entry.correspondence
        )
        for name, entry in fitted(dict[shapes.Name, shapes.EvidenceEntry], source).items()
    }
    for rule in proofs.values():
        for document in rule.documents:
            if document not in found:
                raise RulebookError(
                    f"{folder / 'proofs.yaml'}: {rule.name}: no evidence type {document!r}"
                )
    return found
