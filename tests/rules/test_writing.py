"""Who may change a state, lock a row, ring a bell."""

from __future__ import annotations

import ast
import re

from tests.rules.sources import Source, bad, python

# Who sets `.status` or `.state`, and why it is theirs. Orders move by states.move only.
SET_STATE = {
    "bebeli/orders/states.py": "move: the one table of an order's moves",
    "bebeli/orders/actions/settle.py": "owns purchase, payment and attempt when money comes or is taken back",
    "bebeli/orders/actions/close_purchase.py": "owns purchase, payment and attempt when no money comes",
    "bebeli/orders/actions/record_charge.py": "payment and attempt begin to wait when the provider took the charge",
    "bebeli/orders/attempts.py": "the payment waits for what the new attempt waits for",
    "bebeli/orders/actions/lock_transfer.py": "owns a proof of a transfer once it is answered, as steps",
    "bebeli/orders/suspicions.py": "a suspect payment's case is cleared when its own money came",
    "bebeli/orders/actions/lock_suspicion.py": "owns a case once it is decided, and lets its payment wait again, as steps",
    "bebeli/orders/actions/return_suspicion.py": "the attempt stands for what really came",
    "bebeli/orders/actions/close_suspicion.py": "its attempt is over",
    "bebeli/orders/actions/upload_proof.py": "a proof takes the place of another",
    "bebeli/orders/actions/approve_remittance.py": "a remittance was approved by a second officer",
    "bebeli/orders/actions/book_remittance.py": "its money moved",
    "bebeli/orders/actions/drop_remittance.py": "it was given up before its money moved",
    "bebeli/orders/actions/refund.py": "owns a refund on its way",
    "bebeli/orders/actions/approve_refund.py": "a refund that a second person let go on its way",
    "bebeli/orders/actions/restore_payment.py": "a payment whose money came again",
    "bebeli/orders/returns.py": "owns a refund's beginning and end, as steps",
    "bebeli/orders/reversals.py": "a promise of a refund falls with a reversal; an attempt whose money came again",
    "bebeli/orders/doubles.py": "owns a case of money that went out twice, as steps",
    "bebeli/orders/actions/name_bank_account.py": "an account takes the place of another",
    "bebeli/orders/actions/verify_bank_account.py": "owns an account once the bank answered",
    "bebeli/orders/actions/confirm_bank_account.py": "owns an account that a person decides about",
    "bebeli/orders/actions/approve_payout.py": "a payout's state is one column with one verb for each value",
    "bebeli/orders/actions/batch_payouts.py": "as above",
    "bebeli/orders/actions/send_payout.py": "as above",
    "bebeli/orders/actions/settle_payout.py": "as above",
    "bebeli/orders/actions/lock_payout.py": "owns a payout's ends, as steps",
    "bebeli/orders/actions/lock_complaint.py": "owns a complaint: the next turn, the officer's, the end, as steps",
    "bebeli/orders/flows/settle.py": "a callback's row of the queue: put off or closed",
    "bebeli/orders/actions/export_documents.py": "a file of documents begins and is handed over",
    "bebeli/orders/flows/export.py": "a file's row of the queue: being made, given up, gone after its week",
    "bebeli/orders/actions/lock_outside.py": "decides a case of what the provider gave out, its promise with it",
    "bebeli/orders/actions/close_outside.py": "as above",
    "bebeli/orders/outsides.py": "opens and ends such a case as the provider speaks of it",
    "bebeli/orders/actions/bounce_refund.py": "a refund whose transfer came back fails, and its promise goes on",
    "bebeli/orders/splitting.py": "a promise becomes two: the old one ends",
    "bebeli/notices/flows/send.py": "a notice's row of the queue: sent, skipped or dead",
    "bebeli/notices/flows/pace.py": "as above: skipped when its reader wants no mail",
    "bebeli/notices/flows/digests.py": "as above, a digest's with its notices'",
    "bebeli/vouchers/states.py": "move: a voucher runs, pauses and ends",
    "bebeli/vouchers/uses.py": "owns a use: taken, given back, taken again, as steps",
    "bebeli/catalog/actions/publish_product.py": "a product's state is one column with one verb for each value",
    "bebeli/catalog/actions/archive_product.py": "as above",
    "bebeli/catalog/actions/restore_product.py": "as above",
}
STATES = {"status", "state"}
LOCKS = "bebeli/kit/locks.py"
RING = "bebeli/kit/ring.py"
ROW_LOCK = re.compile(
    r"\bFOR\s+(NO\s+KEY\s+UPDATE|UPDATE|SHARE|KEY\s+SHARE)\b|\bLOCK\s+TABLE\b|\bpg_(try_)?advisory_", re.IGNORECASE
)
RAW_STATE = re.compile(r"UPDATE\s+(orders_order|orders_purchase|orders_payment\w*)\b.*?\b(status)\s*=", re.IGNORECASE | re.DOTALL)
BELLS = {"delay", "apply_async", "send_task", "signature", "delay_on_commit"}


def _flat(target: ast.expr) -> list[ast.expr]:
    if isinstance(target, ast.Tuple | ast.List):
        return [one for part in target.elts for one in _flat(part)]
    return [target]


def _targets(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return [one for target in node.targets for one in _flat(target)]
    return [node.target] if isinstance(node, ast.AugAssign | ast.AnnAssign) else []


def _texts(source: Source) -> list[ast.Constant]:
    """All strings that are not docstrings."""
    words = {
        id(node.body[0].value)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body and isinstance(node.body[0], ast.Expr)
    }
    return [
        node
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in words
    ]


def _calls(source: Source) -> list[tuple[str, ast.Call]]:
    return [
        (node.func.attr, node)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]


def sets_state(source: Source) -> list[str]:
    """Name every place that sets a state: by assignment, update(), setattr or raw SQL."""
    found = [
        target.lineno
        for node in ast.walk(source.tree)
        for target in _targets(node)
        if isinstance(target, ast.Attribute) and target.attr in STATES
    ]
    found += [
        call.lineno
        for name, call in _calls(source)
        if name in {"update", "bulk_update"} and STATES & {word.arg for word in call.keywords}
    ]
    found += [
        node.lineno
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "setattr"
        and any(isinstance(word, ast.Constant) and word.value in STATES for word in node.args)
    ]
    found += [text.lineno for text in _texts(source) if RAW_STATE.search(str(text.value))]
    return [f"{source.path}:{line}" for line in found]


def locks_rows(source: Source) -> list[str]:
    """Name every place that locks: by queryset or in raw SQL."""
    found = [call.lineno for name, call in _calls(source) if name == "select_for_update"]
    found += [text.lineno for text in _texts(source) if ROW_LOCK.search(str(text.value))]
    return [f"{source.path}:{line}" for line in found]


def rings(source: Source) -> list[str]:
    """Name every place that calls a task."""
    return [f"{source.path}:{call.lineno}" for name, call in _calls(source) if name in BELLS]


def test_only_the_listed_verbs_set_a_state() -> None:
    found = {source.path: sets_state(source) for source in python("bebeli")}
    assert {path: lines for path, lines in found.items() if lines and path not in SET_STATE} == {}


def test_every_listed_place_still_sets_a_state() -> None:
    setting = {source.path for source in python("bebeli") if sets_state(source)}
    assert set(SET_STATE) - setting == set()


def test_rows_are_locked_in_one_place() -> None:
    assert [words for source in python("bebeli", "demo") if source.path != LOCKS for words in locks_rows(source)] == []


def test_tasks_are_rung_in_one_place() -> None:
    assert [words for source in python("bebeli", "demo") if source.path != RING for words in rings(source)] == []


def test_the_rules_of_writing_can_fail() -> None:
    assert sets_state(bad("order.status = 'paid'\n"))
    assert sets_state(bad("before, order.status = order.status, 'paid'\n"))
    assert sets_state(bad("Order.objects.filter(pk=1).update(status='paid')\n"))
    assert sets_state(bad("setattr(order, 'status', 'paid')\n"))
    assert sets_state(bad("SQL = \"UPDATE orders_order o\\nSET note = '', status = 'paid'\"\n"))
    assert not sets_state(bad("if order.status == 'paid':\n    Order.objects.filter(status='paid')\n"))
    assert locks_rows(bad("Order.objects.select_for_update().get(pk=1)\n"))
    assert locks_rows(bad("SQL = 'SELECT 1 FROM orders_order FOR  UPDATE'\n"))
    assert locks_rows(bad("cursor.execute('select pg_advisory_lock(1)')\n"))
    assert not locks_rows(bad('"""Never FOR UPDATE."""\n'))
    assert rings(bad("settle_callback.delay(1)\n"))
    assert rings(bad("current_app.send_task('orders.settle')\n"))
    assert [locks_rows(source) for source in python("bebeli") if source.path == LOCKS] != [[]]
    assert [rings(source) for source in python("bebeli") if source.path == RING] != [[]]
