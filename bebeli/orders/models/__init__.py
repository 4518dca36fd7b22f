"""The nouns of the orders room."""

from bebeli.orders.models.bank_account import BankAccount
from bebeli.orders.models.callback import Callback
from bebeli.orders.models.cart import Cart, CartLine
from bebeli.orders.models.complaint import Complaint, ComplaintLine, ComplaintMessage, ComplaintPicture
from bebeli.orders.models.document import Document, DocumentCounter
from bebeli.orders.models.double import DoubleRefund
from bebeli.orders.models.export import Export
from bebeli.orders.models.ledger import Account, Entry, Posting
from bebeli.orders.models.line import OrderLine
from bebeli.orders.models.note import OrderNote
from bebeli.orders.models.order import Order, OrderEvent
from bebeli.orders.models.outside import OutsideRefund
from bebeli.orders.models.payment import AttemptEvent, Payment, PaymentAttempt
from bebeli.orders.models.payout import Payout, PayoutApproval, PayoutPlan
from bebeli.orders.models.purchase import Purchase
from bebeli.orders.models.rate import Rate, TaxLetter
from bebeli.orders.models.reconciliation import Difference, MoneyReport, ReportLine
from bebeli.orders.models.refund import Refund, RefundPart, RefundWord
from bebeli.orders.models.remittance import Remittance
from bebeli.orders.models.seal import BooksRun, EntrySeal
from bebeli.orders.models.suspicion import Suspicion
from bebeli.orders.models.transfer import ReceivingAccount, TransferProof

__all__ = [
    "Account",
    "AttemptEvent",
    "BankAccount",
    "BooksRun",
    "Callback",
    "Cart",
    "CartLine",
    "Complaint",
    "ComplaintLine",
    "ComplaintMessage",
    "ComplaintPicture",
    "Difference",
    "Document",
    "DocumentCounter",
    "DoubleRefund",
    "Entry",
    "EntrySeal",
    "Export",
    "MoneyReport",
    "Order",
    "OrderEvent",
    "OrderLine",
    "OrderNote",
    "OutsideRefund",
    "Payment",
    "PaymentAttempt",
    "Payout",
    "PayoutApproval",
    "PayoutPlan",
    "Posting",
    "Purchase",
    "Rate",
    "ReceivingAccount",
    "Refund",
    "RefundPart",
    "RefundWord",
    "Remittance",
    "ReportLine",
    "Suspicion",
    "TaxLetter",
    "TransferProof",
]
