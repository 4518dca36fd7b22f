"""The nouns of the vouchers room."""

from bebeli.vouchers.models.use import VoucherUse
from bebeli.vouchers.models.voucher import Voucher

__all__ = ["Voucher", "VoucherUse"]
