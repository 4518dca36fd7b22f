"""Whether the books are right: every check with its sentence, the last runs, the chain's head, and whether files have rows."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bebeli.kit.access import role
from bebeli.kit.models import FilesRun
from bebeli.orders.flows import bookkeeping
from bebeli.orders.invariants import ALL
from bebeli.orders.invariants.sentences import SENTENCES
from bebeli.orders.models import BooksRun
from bebeli.orders.views.reading import may_act

RUNS = 24
SHOWN = 20  # violations of one check that the page spells out


@dataclass(frozen=True)
class Check:
    """One invariant as a run found it."""

    code: str
    sentence: str
    wrong: list[tuple[str, str]]

    @property
    def shown(self) -> list[tuple[str, str]]:
        """The first of what was wrong."""
        return self.wrong[:SHOWN]


def checks(run: BooksRun | None) -> list[Check]:
    """Return every invariant beside what the run found of it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for code, key, words in run.violations if run else ():
        found.setdefault(code, []).append((key, words))
    return [Check(rule.code, str(SENTENCES[rule.code]), found.get(rule.code, [])) for rule in ALL]


@role("books")
@require_GET
def books(request: HttpRequest) -> HttpResponse:
    """The last run in full, those before it in a line each."""
    runs = list(BooksRun.objects.all()[:RUNS])
    last = runs[0] if runs else None
    context = {
        "runs": runs,
        "last": last,
        "checks": checks(last),
        "files": FilesRun.objects.last(),
        "may_act": may_act(request),
        "here": "books",
    }
    return render(request, "orders/books.html", context)


@role("finance")
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Check now."""
    run = bookkeeping.check_now()
    if run.is_right:
        messages.success(request, _("Semua pemeriksaan lewat."))
    else:
        messages.error(request, _("Ada yang tidak cocok. Lihat di bawah."))
    return redirect("orders:books")
