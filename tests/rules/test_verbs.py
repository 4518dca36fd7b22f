"""One verb, one file, one transaction, and a test that calls it by its name."""

from __future__ import annotations

import ast
import re

from tests.rules.sources import Source, bad, python

# Files in actions/ that are steps shared by several verbs beside them.
STEPS = {
    "bebeli/catalog/actions/product_values.py": "what a product's and a variant's verbs ask of their values",
    "bebeli/orders/actions/lock_transfer.py": "how the verbs of a transfer take it, and what ends it",
    "bebeli/orders/actions/lock_suspicion.py": "how the verbs of a suspect payment take it, and what reopens it",
    "bebeli/orders/actions/lock_outside.py": "how the verbs of money given out without us take it, and put it on a promise",
    "bebeli/orders/actions/lock_double.py": "how the verbs of money that went out twice take its case",
    "bebeli/orders/actions/lock_order.py": "how the verbs of one order take it, call a paid one off, and complete it",
    "bebeli/orders/actions/lock_complaint.py": "how the verbs of a complaint take it, say something in it, end it",
    "bebeli/orders/actions/resolve_complaint.py": "how the verbs that end a complaint give its money back",
    "bebeli/orders/actions/lock_payout.py": "how the verbs of a payout take it and end it",
}
# Functions that call a verb without a transaction of their own: the count of tries stays when a wrong code is refused.
IN_TURN = {"hand_over": "try_code"}


def verbs(source: Source) -> list[str]:
    """The functions that own a transaction."""
    return [
        node.name
        for node in source.tree.body
        if isinstance(node, ast.FunctionDef)
        and any(isinstance(mark, ast.Name) and mark.id == "verb" for mark in node.decorator_list)
    ]


def actions() -> list[Source]:
    """All files in actions/."""
    return [source for source in python("bebeli") if "/actions/" in source.path and not source.path.endswith("__init__.py")]


def without_its_verb(source: Source) -> bool:
    """Tell whether a file has neither the verb it is named after nor any verb."""
    return source.path not in STEPS and not verbs(source)


def nested(source: Source, all_verbs: set[str]) -> list[str]:
    """Name verbs called from a verb's file: a transaction inside a transaction."""
    return [
        f"{source.path}:{node.lineno} {node.func.id}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id in all_verbs and node.func.id not in IN_TURN.values()
    ]


def untested(names: set[str], tests: str) -> set[str]:
    """Return the verbs that no test names."""
    return {name for name in names if not re.search(rf"\b{name}\b", tests)}


def test_every_file_of_actions_has_its_verb() -> None:
    assert [source.path for source in actions() if without_its_verb(source)] == []


def test_shared_steps_own_no_transaction() -> None:
    assert [source.path for source in actions() if source.path in STEPS and verbs(source)] == []
    assert {source.path for source in actions()} >= set(STEPS)


def test_no_verb_calls_a_verb() -> None:
    names = {name for source in actions() for name in verbs(source)}
    assert [words for source in actions() for words in nested(source, names)] == []


def test_every_verb_is_tested() -> None:
    names = {name for source in actions() for name in verbs(source)} | set(IN_TURN)
    tests = "\n".join(source.text for source in python("tests") if not source.path.startswith("tests/rules/"))
    assert untested(names, tests) == set()


def test_the_rules_of_verbs_can_fail() -> None:
    assert without_its_verb(bad("def act() -> None:\n    pass\n", "bebeli/orders/actions/act.py"))
    assert not without_its_verb(bad("@verb\ndef act() -> None:\n    pass\n", "bebeli/orders/actions/act.py"))
    assert nested(bad("def act():\n    settle(1)\n"), {"settle"})
    assert untested({"settle", "sett"}, "settle(1)") == {"sett"}
