"""An officer of the Dinas decides a complaint: all of the money, a part per line, or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import InvalidInput
from bebeli.kit.money import rupiah
from bebeli.kit.steps import verb
from bebeli.orders import states
from bebeli.orders.actions.lock_complaint import Case, S, must_be, officer, say, take_case, words_of
from bebeli.orders.actions.resolve_complaint import left_of, most_back, resolve
from bebeli.orders.actions.take_complaint import refuse_other_eyes
from bebeli.orders.models import Complaint, ComplaintLine

FULL, PARTIAL, NONE = "full", "partial", "none"
OUTCOMES = (FULL, PARTIAL, NONE)


@dataclass(frozen=True)
class Decision:
    """What an officer says: the outcome, for a partial one an amount by complaint line, and why."""

    outcome: str
    reason: str
    amounts: Mapping[int, int] = field(default_factory=dict)


@verb
def decide_complaint(complaint_id: int, user_id: int, decision: Decision) -> Complaint:
    """Decide once; both sides read the reason. The same decision twice is a quiet success.

    Raises InvalidInput at `outcome`, `amount-<line>`, `reason`; Refused: complaint_moved, taken, own_complaint.
    """
    if decision.outcome not in OUTCOMES:
        raise InvalidInput("outcome_needed", _("Pilih putusannya."), field="outcome")
    reason = words_of(decision.reason, "reason")
    case = take_case(complaint_id)
    complaint = case.complaint
    if complaint.state == S.DECIDED and (complaint.decided_by_id, complaint.reason) == (user_id, reason):
        return complaint
    must_be(complaint, S.OFFICER)
    refuse_other_eyes(case, user_id)
    amount = _amount(case, decision)
    complaint.decided_by_id = user_id
    complaint.reason = reason
    say(complaint, officer(user_id), "decide", reason, amount=amount)
    resolve(case, S.DECIDED, amount, states.officer(user_id), reason)
    return complaint


def _amount(case: Case, decision: Decision) -> int:
    if decision.outcome == NONE:
        return 0
    if decision.outcome == FULL:
        return most_back(case)
    lines = list(case.complaint.lines.select_related("line"))
    for line in lines:
        line.amount = _part(case, line, decision.amounts.get(line.pk, 0))
    amount = sum(line.amount or 0 for line in lines)
    if amount == 0:
        raise InvalidInput("bad_amount", _("Isi jumlah untuk paling sedikit satu barang."), field=f"amount-{lines[0].pk}")
    ComplaintLine.objects.bulk_update(lines, ["amount"])
    return amount


def _part(case: Case, line: ComplaintLine, amount: int) -> int:
    most = left_of(case, line)
    if not 0 <= amount <= most:
        raise InvalidInput(
            "bad_amount",
            _("Untuk %(name)s paling banyak %(most)s.") % {"name": line.line.name, "most": rupiah(most)},
            field=f"amount-{line.pk}",
        )
    return amount
