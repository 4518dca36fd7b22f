"""Place a purchase: the cart becomes one purchase with an order per seller, its stock held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from bebeli.catalog import stock
from bebeli.catalog.models import Variant
from bebeli.kit import clock, codes
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.locks import Locks, alone
from bebeli.kit.sealed import seal
from bebeli.kit.steps import verb
from bebeli.orders import promos, rates, tell, totals, windows
from bebeli.orders.attempts import open_attempt
from bebeli.orders.cart_view import LineView, view_of
from bebeli.orders.models import (
    Cart,
    CartLine,
    Order,
    OrderEvent,
    OrderLine,
    Payment,
    Purchase,
)
from bebeli.orders.placing import Quoted, Wish
from bebeli.vouchers.fitting import NO_DEAL, Deal

LINE_COLUMNS = (
    *("quantity", "price_seen", "variant__sku", "variant__options", "variant__price", "variant__is_active"),
    *("variant__on_hand", "variant__reserved", "variant__product__slug", "variant__product__name_id", "variant__product__cover"),
    *("variant__product__status", "variant__product__seller__status", "variant__product__category__path"),
)  # what placing reads of a line: texts and search words of a product stay where they are


@verb
def place(wish: Wish, quoted: Quoted) -> Purchase:
    """Place what the cart holds at the quoted prices; the same key and wish give the same purchase again.

    Raises Refused: in_progress, idempotency_mismatch, purse_needs_approval, cart_empty, cart_changed, out_of_stock,
    price_changed, not_on_sale, total_changed, and what keeps a voucher from being used.
    """
    if not alone(f"place:{wish.owner}:{wish.idem_key}"):
        raise Refused("in_progress", _("Pesanan ini sedang dibuat. Tunggu sebentar, lalu periksa lagi."), retry_after=1)
    locks = Locks()
    if (known := find_placed(wish)) is not None:
        return known
    if wish.purse != Purchase.Purse.PERSONAL:
        raise Refused(
            "purse_needs_approval",
            _("Belanja dengan anggaran instansi atau perusahaan perlu persetujuan dan belum dibuka. Pakai uang pribadi."),
            field="purse",
        )
    lines = lock_lines(locks, wish, quoted)
    deal = promos.agree(locks, wish, quoted, lines)
    purchase = write_purchase(wish, quoted, lines, deal)
    promos.note(deal, purchase, wish)
    CartLine.objects.filter(pk__in=[line.id for line in lines]).delete()
    tell.placed(purchase)
    return purchase


def find_placed(wish: Wish) -> Purchase | None:
    """Return the purchase this key made before; refuse the key for another wish."""
    placed = Purchase.objects.filter(idem_owner=wish.owner, idem_key=wish.idem_key)
    known = placed.values_list("pk", "idem_body").first()
    if known is None:
        return None
    if known[1] != wish.body:
        raise InvalidInput("idempotency_mismatch", _("Kunci ini sudah dipakai untuk pesanan lain. Pakai kunci yang baru."))
    return placed.get()


def lock_lines(locks: Locks, wish: Wish, quoted: Quoted) -> list[LineView]:
    """Lock the cart and its variants; return the lines when they are still what was quoted and can be had."""
    locks.row(Cart, wish.cart_id)
    wanted = CartLine.objects.filter(cart_id=wish.cart_id).only(*LINE_COLUMNS)
    read_along = wanted.select_related("variant__product__seller", "variant__product__category")
    rows = sorted(locks.joined(read_along, Variant, "variant"), key=lambda row: row.pk)
    if not rows:
        raise Refused("cart_empty", _("Keranjang Anda kosong."))
    view = view_of(rows)
    refuse_problems(list(view.lines))
    if view.fingerprint != quoted.fingerprint:
        raise Refused("cart_changed", _("Isi keranjang berubah sejak ongkir dihitung. Periksa lagi sebelum memesan."))
    return list(view.lines)


def refuse_problems(lines: Sequence[LineView]) -> None:
    """Refuse, naming every line: not on sale, then sold out, then price changed."""
    gone = [line.variant.sku for line in lines if line.problem == "not_on_sale"]
    if gone:
        raise Refused("not_on_sale", _("Ada barang yang sudah tidak dijual. Hapus dari keranjang."), skus=gone)
    short = [line for line in lines if line.problem in {"out_of_stock", "too_many"}]
    if short:
        raise Refused(
            "out_of_stock",
            _("Stok tidak cukup: %(names)s.") % {"names": ", ".join(line.variant.product.name for line in short)},
            skus=[{"sku": line.variant.sku, "available": max(line.variant.available, 0)} for line in short],
        )
    changed = [line for line in lines if line.problem == "price_changed"]
    if changed:
        raise Refused(
            "price_changed",
            _("Harga berubah: %(names)s. Setujui harga baru di keranjang.")
            % {"names": ", ".join(line.variant.product.name for line in changed)},
            lines=[{"sku": line.variant.sku, "old": line.price_seen, "new": line.price} for line in changed],
        )


def write_purchase(wish: Wish, quoted: Quoted, lines: Sequence[LineView], deal: Deal = NO_DEAL) -> Purchase:
    """Write the purchase, its orders, lines, payment and events, and hold the stock under each order's code."""
    by_seller: dict[int, list[LineView]] = {}
    for line in lines:
        by_seller.setdefault(line.variant.product.seller_id, []).append(line)
    now_rates = rates.on(clock.today(), wish.purse)
    parts = totals.purchase_parts(
        {seller: [line.subtotal for line in group] for seller, group in by_seller.items()},
        {seller: quoted.shipments[seller].price for seller in by_seller},
        now_rates,
        shelves={seller: [line.variant.product.category.path for line in group] for seller, group in by_seller.items()},
        seller_discounts=deal.seller_discounts,
        platform_discount=deal.platform_discount,
        platform_weights=deal.platform_weights,
    )
    if wish.total_seen is not None and wish.total_seen != parts.total:
        raise Refused("total_changed", _("Total berubah sejak halaman dibuka. Periksa lagi sebelum memesan."))
    purchase = _purchase(wish, quoted, parts)
    payment = _payment(purchase, wish.method)
    orders = _orders(purchase, wish, quoted, parts, (now_rates.vat_bp, deal.promo_payer))
    by_order = {order.seller_id: order for order in orders}
    OrderLine.objects.bulk_create(
        [
            _line(by_order[seller], line, line_bp)
            for seller, group in by_seller.items()
            for line, line_bp in zip(group, parts.orders[seller].line_bps, strict=True)
        ]
    )
    _events(wish, orders)
    for seller, group in by_seller.items():
        wants = {line.variant.pk: line.quantity for line in group}
        stock.hold(wants, by_order[seller].code, payment.hold_until)
    return purchase


def _events(wish: Wish, orders: Sequence[Order]) -> None:
    first = {"verb": "place", "actor": OrderEvent.Actor.BUYER, "by_id": wish.buyer_id, "at": clock.now()}
    OrderEvent.objects.bulk_create([OrderEvent(order=order, to_status=order.status, **first) for order in orders])


def _purchase(wish: Wish, quoted: Quoted, parts: totals.PurchaseParts) -> Purchase:
    return Purchase.objects.create(
        code=f"BB-{codes.random_code(8)}",
        buyer_id=wish.buyer_id,
        guest_digest=codes.digest(wish.guest_token) if wish.guest_token else "",
        guest_token=seal(wish.guest_token),
        email=wish.email,
        language=wish.language,
        purse=wish.purse,
        recipient=wish.address.recipient,
        phone=wish.address.phone,
        region_id=wish.address.region_code,
        region_text=quoted.region_text,
        street=wish.address.street,
        postal_code=wish.address.postal_code,
        address_note=wish.address.note,
        goods_total=parts.goods,
        shipping_total=parts.shipping,
        platform_discount=parts.platform_discount,
        service_fee=parts.service_fee,
        service_fee_vat=parts.service_fee_vat,
        total=parts.total,
        idem_owner=wish.owner,
        idem_key=wish.idem_key,
        idem_body=wish.body,
        placed_at=clock.now(),
    )


def _payment(purchase: Purchase, method: str) -> Payment:
    shown, provider, held = windows.minutes(method)
    now = clock.now()
    payment = Payment.objects.create(
        purchase=purchase,
        amount=purchase.total,
        method=method,
        pay_before=now + timedelta(minutes=shown),
        provider_until=now + timedelta(minutes=provider),
        hold_until=now + timedelta(minutes=held),
    )
    open_attempt(payment, f"{purchase.code}-p1", method)
    return payment


def _orders(purchase: Purchase, wish: Wish, quoted: Quoted, parts: totals.PurchaseParts, frozen: tuple[int, str]) -> list[Order]:
    """Write the orders; `frozen` is the VAT rate and who pays the promo."""
    vat_bp, promo_payer = frozen
    orders = []
    for number, (seller_id, part) in enumerate(parts.orders.items(), start=1):
        shipment = quoted.shipments[seller_id]
        orders.append(
            Order(
                purchase=purchase,
                seller_id=seller_id,
                code=f"{purchase.code}-{number}",
                note=quoted_note(wish, seller_id, quoted),
                goods_total=part.goods,
                seller_discount=part.seller_discount,
                platform_discount=part.platform_discount,
                promo_payer=promo_payer,
                shipping_price=part.shipping,
                total=part.total,
                shipping_code=shipment.code,
                shipping_label=shipment.label,
                shipping_kind=shipment.kind,
                shipping_paid_by=shipment.paid_by,
                shipping_min_days=shipment.min_days,
                shipping_max_days=shipment.max_days,
                weight_g=shipment.weight_g,
                commission_bp=part.commission_bp,
                vat_bp=vat_bp,
                income_tax_bp=part.income_tax_bp,
                goods_vat_bp=part.goods_vat_bp,
                commission=part.commission,
                commission_vat=part.commission_vat,
                income_tax=part.income_tax,
                pickup_code=codes.random_code(6) if shipment.kind == "pickup" else "",
                placed_at=clock.now(),
            )
        )
    return Order.objects.bulk_create(orders)


def quoted_note(wish: Wish, seller_id: int, quoted: Quoted) -> str:
    """Return the buyer's note for one seller, cut to what the label can carry."""
    return wish.notes.get(quoted.slugs[seller_id], "")[:240]


def _line(order: Order, line: LineView, commission_bp: int) -> OrderLine:
    product = line.variant.product
    return OrderLine(
        order=order,
        variant=line.variant,
        sku=line.variant.sku,
        name=product.name_id,
        options=line.variant.label[:160],
        product_slug=product.slug,
        picture=product.cover,
        quantity=line.quantity,
        price=line.price,
        subtotal=line.subtotal,
        commission_bp=commission_bp,
    )
