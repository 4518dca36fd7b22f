"""From cart to settled money: cart, purchase, order, payment, ledger, refund."""
