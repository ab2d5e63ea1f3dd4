"""Sentences of the core: English text that remembers its template; refusals are made of them."""

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest

import fairhold.core
from fairhold.core.cases.refusal import Code
from fairhold.core.values.money import Money
from fairhold.core.values.roles import Role
from fairhold.core.values.sentence import Sentence, sentence
from fairhold.core.values.spans import Span

ROOT = Path(fairhold.core.__file__).parent
AT = datetime(2026, 3, 11, 9, tzinfo=UTC)


def test_a_sentence_is_its_english_text():
    told = sentence("Expected up to {top} within {span}.", top=Money(16_560, "USD"), span=Span(5))
    assert told == "Expected up to USD 165.60 within 5 days."
    assert isinstance(told, str)


def test_a_sentence_keeps_template_and_values():
    told = sentence("Plan {plan} was withdrawn.", plan="buyer-1")
    assert (told.template, told.values) == ("Plan {plan} was withdrawn.", {"plan": "buyer-1"})


def test_a_sentence_without_values_is_its_own_template():
    assert sentence("The order is frozen.").template == "The order is frozen."


def test_a_place_without_a_value_raises():
    with pytest.raises(KeyError, match="plan"):
        sentence("Plan {plan} was withdrawn.")


def test_moments_and_alternatives_read_as_for_machines():
    told = sentence("For {roles}, by {at}.", roles=(Role.BUYER, Role.SELLER), at=AT)
    assert told == "For buyer or seller, by 2026-03-11T09:00:00+00:00."


def test_every_title_of_a_refusal_can_be_translated():
    assert [code for code in Code if not isinstance(code.title, Sentence)] == []


def modules() -> list[Path]:
    return sorted(ROOT.rglob("*.py"))


def says_it_whole(node: ast.expr, function: ast.AST, made: set[str]) -> bool:
    """Whether an expression is a constant or a sentence, or a name for nothing but sentences."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.Call):
        return getattr(node.func, "id", "") in {"sentence", *made}
    if not isinstance(node, ast.Name):
        return False
    given = [
        one.value
        for one in ast.walk(function)
        if isinstance(one, ast.Assign) and getattr(one.targets[0], "id", "") == node.id
    ]
    if given:
        # A constant behind a name is not found by whoever collects the sentences.
        return all(
            isinstance(one, ast.Call) and says_it_whole(one, function, made) for one in given
        )
    named = [one for one in ast.walk(function) if isinstance(one, ast.arg) and one.arg == node.id]
    return [ast.unparse(one.annotation) for one in named if one.annotation] == ["Sentence"]


def test_every_refusal_is_made_of_constants_or_sentences():
    faults = []
    for path in modules():
        tree = ast.parse(path.read_text())
        functions = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)]
        made = {
            one.name for one in functions if one.returns and ast.unparse(one.returns) == "Sentence"
        }
        for function in [*functions, tree]:
            for call in calls_of(function):
                texts = call.args[1:3]
                whole = [says_it_whole(one, function, made) for one in texts]
                if whole != [True, True]:
                    faults.append(f"{path.relative_to(ROOT)}:{call.lineno}")
    assert faults == []


def calls_of(function: ast.AST) -> list[ast.Call]:
    """The refusals that this function itself makes; the module makes those outside functions."""
    found = [
        one
        for one in ast.walk(function)
        if isinstance(one, ast.Call) and getattr(one.func, "id", "") == "Refusal"
    ]
    if isinstance(function, ast.FunctionDef):
        return found
    inside = {
        id(one)
        for part in ast.walk(function)
        if isinstance(part, ast.FunctionDef)
        for one in ast.walk(part)
    }
    return [one for one in found if id(one) not in inside]


def test_a_joined_text_is_not_taken_for_a_sentence():
    [call] = calls_of(ast.parse("Refusal(1, f'{x} is wrong', 'Do it.')"))
    assert not says_it_whole(call.args[1], ast.parse(""), set())
    assert says_it_whole(call.args[2], ast.parse(""), set())
