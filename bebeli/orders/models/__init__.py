"""The nouns of the orders room."""

from bebeli.orders.models.callback import Callback
from bebeli.orders.models.cart import Cart, CartLine
from bebeli.orders.models.document import Document, DocumentCounter
from bebeli.orders.models.export import Export
from bebeli.orders.models.ledger import Account, Entry, Posting, Rate
from bebeli.orders.models.note import OrderNote
from bebeli.orders.models.order import Order, OrderEvent, OrderLine
from bebeli.orders.models.payment import AttemptEvent, Payment, PaymentAttempt
from bebeli.orders.models.purchase import Purchase
from bebeli.orders.models.refund import Refund
from bebeli.orders.models.transfer import ReceivingAccount, TransferProof

__all__ = [
    "Account",
    "AttemptEvent",
    "Callback",
    "Cart",
    "CartLine",
    "Document",
    "DocumentCounter",
    "Entry",
    "Export",
    "Order",
    "OrderEvent",
    "OrderLine",
    "OrderNote",
    "Payment",
    "PaymentAttempt",
    "Posting",
    "Purchase",
    "Rate",
    "ReceivingAccount",
    "Refund",
    "TransferProof",
]
