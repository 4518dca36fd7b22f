"""Somebody makes a voucher: finance and officers with public money, a maker with the stall's own."""

from __future__ import annotations

from dataclasses import asdict, replace

from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import InvalidInput
from bebeli.kit.steps import verb
from bebeli.sellers.models import Seller
from bebeli.vouchers import payers
from bebeli.vouchers import terms as saying
from bebeli.vouchers.keeping import keep
from bebeli.vouchers.models import Voucher
from bebeli.vouchers.terms import Terms


@verb
def make_voucher(terms: Terms, user_id: int) -> Voucher:
    """Make one that the regency or the platform pays. Raises InvalidInput at the field."""
    if terms.payer not in payers.purses_of(user_id):
        raise InvalidInput("not_your_money", _("Anda tidak bisa menjanjikan uang itu."), field="payer")
    return _write(terms, user_id, None)


@verb
def make_sellers_voucher(terms: Terms, seller_id: int, user_id: int) -> Voucher:
    """Make one that the seller pays. Raises InvalidInput at the field, Seller.DoesNotExist for a stall that is not theirs."""
    seller = Seller.objects.run_by(user_id).get(pk=seller_id)
    own = replace(terms, payer=Voucher.Payer.SELLER, districts=(), is_first_purchase=False, purse=Voucher.Purse.PERSONAL)
    return _write(own, user_id, seller)


def _write(terms: Terms, user_id: int, seller: Seller | None) -> Voucher:
    values = asdict(saying.checked(terms))
    return keep(Voucher(**values, seller=seller, made_by_id=user_id))
