"""Match a report with the books: fees and settlements posted once, whatever does not agree laid before people."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from bebeli.kit.errors import Busy, Refused
from bebeli.kit.sweeping import each
from bebeli.orders.actions.match_line import Explained, match_line, miss_attempt, raise_difference
from bebeli.orders.actions.record_gateway_fee import record_gateway_fee
from bebeli.orders.actions.record_gateway_settlement import record_gateway_settlement
from bebeli.orders.models import (
    Account,
    Difference,
    DoubleRefund,
    MoneyReport,
    PaymentAttempt,
    Payout,
    Posting,
    Refund,
    Remittance,
    ReportLine,
)
from bebeli.orders.models.payment import BY_HAND
from bebeli.orders.models.payout import PayoutQuerySet

K = Difference.Kind
LAG_DAYS = 3  # the provider settles, and a bank books, within so many days
CAME = (PaymentAttempt.Status.SETTLED, PaymentAttempt.Status.REVERSED)
MOST_MISSING = 500
LEFT = (Payout.State.COMPLETED, Payout.State.BOUNCED)  # bounced money left, too, before it came back


def match_report(report_id: int) -> int:
    """Match what is not matched yet; returns how many lines were."""
    report = MoneyReport.objects.get(pk=report_id)
    waiting = report.lines.filter(is_matched=False).order_by("pk")
    match = match_gateway if report.kind == MoneyReport.Kind.GATEWAY else match_bank
    matched = 0

    def match_one(line: ReportLine) -> None:
        nonlocal matched
        matched += match(line)

    each(waiting.select_related("report"), match_one)
    if report.kind == MoneyReport.Kind.GATEWAY:
        _miss(report)
    return matched


def sweep() -> int:
    """Match lines that the bell missed, and those that lost a worker half-way; returns how many reports were touched."""
    waiting = ReportLine.objects.filter(is_matched=False, difference=None).values_list("report", flat=True).distinct()
    return each(waiting, match_report)


def again(line_id: int) -> bool:
    """Try a line once more, because what it belongs to may have come since."""
    line = ReportLine.objects.select_related("report").get(pk=line_id)
    return line.is_matched or (match_gateway if line.kind == MoneyReport.Kind.GATEWAY else match_bank)(line)


def match_gateway(line: ReportLine) -> bool:
    """Match one line of the provider with an attempt of ours, and post its fee and settlement."""
    asked = Q(code=line.order_code) if line.order_code else Q(transaction_id=line.transaction_id)
    attempt = PaymentAttempt.objects.filter(asked).exclude(method__in=BY_HAND).first()
    if attempt is None or (line.transaction_id and attempt.transaction_id not in {"", line.transaction_id}):
        raise_difference(line.pk, K.UNKNOWN, None, None)
        return False
    refund = _refund_of(attempt, line) if line.gross < 0 else None
    came = attempt.gross if attempt.status in CAME else 0
    is_reversal = line.gross < 0 and refund is None and attempt.status == PaymentAttempt.Status.REVERSED
    if refund is None and line.gross != (-came if is_reversal else came):
        raise_difference(line.pk, K.AMOUNT, attempt.pk, came)
        return False
    part = refund.key if refund else "reversal" if is_reversal else "sale"
    try:
        fee = record_gateway_fee(attempt.pk, line.fee, line.day, part)
        banked = record_gateway_settlement(attempt.pk, line.net, part)
    except Busy:
        raise  # the rows are held: the next round tries again
    except Refused:
        raise_difference(line.pk, K.TWICE, attempt.pk, came)
        return False
    if ReportLine.objects.filter(Q(banked_entry=banked, banked_entry__isnull=False)).exclude(pk=line.pk).exists():
        raise_difference(line.pk, K.TWICE, attempt.pk, came)
        return False
    match_line(line.pk, Explained(attempt, refund, None, fee, banked))
    return True


def _refund_of(attempt: PaymentAttempt, line: ReportLine) -> Refund | None:
    back = Refund.objects.filter(attempt=attempt, channel=Refund.Channel.PROVIDER, state=Refund.State.CONFIRMED)
    return back.filter(amount=-line.gross).exclude(report_lines__kind=line.kind).order_by("pk").first()


def match_bank(line: ReportLine) -> bool:
    """Match one line of the bank with a day's settlements, a buyer's transfer, a refund, a payout or one that came back."""
    explained = _money_in(line) if line.gross > 0 else _money_out(line)
    if explained is None:
        raise_difference(line.pk, K.UNKNOWN, None, None)
        return False
    match_line(line.pk, explained)
    return True


def _money_in(line: ReportLine) -> Explained | None:
    paid_back = _paid_back(line)
    if paid_back is not None and paid_back.reference in line.words:
        return Explained(double=paid_back)
    around = (line.day - timedelta(days=LAG_DAYS), line.day + timedelta(days=1))
    ours = PaymentAttempt.objects.filter(method__in=BY_HAND, status__in=CAME, gross=line.gross)
    answered = (around[0], around[1] + timedelta(days=LAG_DAYS))  # finance accepts a proof after the money came
    free = ours.exclude(report_lines__kind=line.kind).filter(settled_at__date__range=answered)
    for attempt in sorted(free, key=lambda found: (found.code.rsplit("-", 1)[0] not in line.words, found.pk)):
        return Explained(attempt)
    batches = ReportLine.objects.filter(kind=MoneyReport.Kind.GATEWAY, is_matched=True, day__range=around)
    taken = ReportLine.objects.filter(kind=line.kind, batch_day__isnull=False).values("batch_day")
    for batch in batches.exclude(day__in=taken).values("day").annotate(came=Sum("gross") - Sum("fee")).order_by("day"):
        if batch["came"] == line.gross:
            return Explained(batch_day=batch["day"])
    if paid_back is not None:
        return Explained(double=paid_back)
    bounced = Q(state=Payout.State.BOUNCED, ended_at__date__range=_near(line))
    payout = _payout(line, Payout.objects.filter(bounced | Q(unpaid_at__date__range=_near(line))))
    return payout or _remittance(line) or _bounced(line)


def _bounced(line: ReportLine) -> Explained | None:
    """Explain what came in by a transfer to a buyer that came back."""
    back = Refund.objects.filter(entries__kind="refund_bounced", entries__at__date__range=_near(line), amount=line.gross)
    found = back.exclude(report_lines__gross__gt=0).order_by("pk").first()
    return Explained(found.attempt, found) if found else None


def _paid_back(line: ReportLine) -> DoubleRefund | None:
    """Return what its payer paid back of money that had gone out twice: the one the line names before another."""
    recovered = DoubleRefund.objects.filter(state=DoubleRefund.State.RECOVERED, amount=line.gross, report_lines=None)
    found = recovered.filter(decided_at__date__range=_near(line))
    return min(found, key=lambda case: (case.reference not in line.words, case.pk), default=None)


def _money_out(line: ReportLine) -> Explained | None:
    went = Q(state=Refund.State.CONFIRMED) | Q(entries__kind="refund_bounced")  # what came back had left before
    paid = Refund.objects.filter(went, channel=Refund.Channel.BANK, amount=-line.gross).distinct()
    free = paid.exclude(report_lines__gross__lt=0).filter(confirmed_at__date__range=_near(line))
    found = sorted(free, key=lambda refund: (refund.reference not in line.words, refund.pk))
    named = found and found[0].reference and found[0].reference in line.words
    payout = None if named else _payout(line, Payout.objects.filter(_left(line)))
    if payout is not None:
        return payout
    return Explained(found[0].attempt, found[0]) if found else _remittance(line)


def _remittance(line: ReportLine) -> Explained | None:
    booked = Remittance.objects.booked().filter(amount=abs(line.gross), report_line=None, ended_at__date__range=_near(line))
    found = [one for one in booked.order_by("pk") if one.moved == line.gross]
    found.sort(key=lambda one: one.reference not in line.words)
    return Explained(remittance=found[0]) if found else None


def _left(line: ReportLine) -> Q:
    """Return which payouts' money left about then: sent about then, or sent before and heard to have arrived after all."""
    first, last = _near(line)
    after_all = Q(owed_at__isnull=False, sent_at__date__lte=last, paid_after_at__date__gte=first)
    return Q(state__in=LEFT, sent_at__date__range=(first, last)) | after_all


def _payout(line: ReportLine, rows: PayoutQuerySet) -> Explained | None:
    """Explain a line by a payout of its amount that moved its way more often than lines say: the one it names first."""
    way = "gt" if line.gross > 0 else "lt"
    said = ReportLine.objects.filter(payout__isnull=False, **{f"gross__{way}": 0})
    lines = said.filter(payout=OuterRef("pk")).values("payout")
    moves = Posting.objects.filter(entry__payout=OuterRef("pk"), account__kind=Account.Kind.BANK, **{f"amount__{way}": 0})
    free = rows.filter(amount=abs(line.gross)).annotate(
        told=Coalesce(Subquery(lines.annotate(many=Count("pk")).values("many")), 0),
        moved=Coalesce(Subquery(moves.values("entry__payout").annotate(many=Count("pk")).values("many")), 0),
    )
    waiting = list(free.filter(told__lt=F("moved")))
    found = sorted(waiting, key=lambda payout: (_is_named(payout, line.words), -payout.pk), reverse=True)
    return Explained(payout=found[0], turn=said.filter(payout=found[0]).count()) if found else None


def _is_named(payout: Payout, words: str) -> bool:
    return payout.key in words.split() or bool(payout.reference and payout.reference in words)


def _near(line: ReportLine) -> tuple[date, date]:
    return line.day - timedelta(days=LAG_DAYS), line.day + timedelta(days=LAG_DAYS)


def _miss(report: MoneyReport) -> None:
    days = ReportLine.objects.filter(kind=report.kind).values_list("day", flat=True).order_by("day")
    first, last = days.first(), days.last()
    if first is None or last is None:
        return
    told = ReportLine.objects.filter(kind=report.kind, is_matched=True, gross__gt=0).values("attempt")
    silent = PaymentAttempt.objects.filter(
        status__in=CAME, settled_at__date__range=(first, last - timedelta(days=LAG_DAYS))
    ).exclude(Q(method__in=BY_HAND) | Q(pk__in=told) | Q(differences__isnull=False))
    for attempt_id in list(silent.order_by("pk").values_list("pk", flat=True)[:MOST_MISSING]):
        miss_attempt(attempt_id)
