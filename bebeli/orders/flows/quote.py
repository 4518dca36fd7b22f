"""What shipping would cost: options for each seller of a cart to an address. No side effect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.orders.cart_view import CartView, GroupView, LineView
from bebeli.orders.placing import Quoted, Shipment
from bebeli.orders.shipping import Destination, Option, Origin, Parcel, load_tariffs, quote
from bebeli.places.models import Region
from bebeli.sellers.models import Seller


@dataclass(frozen=True)
class SellerQuote:
    """One seller's group with what it would cost to bring it."""

    seller: Seller
    lines: tuple[LineView, ...]
    subtotal: int
    weight_g: int
    options: tuple[Option, ...]

    def chosen(self, code: str) -> Option:
        """Return an option by code; raises InvalidInput naming the seller."""
        for option in self.options:
            if option.code == code:
                return option
        raise InvalidInput(
            "shipping_unavailable",
            _("Pilih cara kirim untuk %(name)s.") % {"name": self.seller.name},
            field=f"shipping.{self.seller.slug}",
            seller=self.seller.slug,
        )


@dataclass(frozen=True)
class CartQuote:
    """The whole cart's quote for one address."""

    sellers: tuple[SellerQuote, ...]
    fingerprint: str
    region_text: str

    def choose(self, codes: Mapping[str, str]) -> Quoted:
        """Return what was quoted for the chosen options, by seller slug."""
        shipments = {}
        for part in self.sellers:
            if not part.options:
                raise Refused(
                    "not_shippable",
                    _("%(name)s tidak mengirim ke alamat ini. Ganti alamat atau keluarkan barangnya dari keranjang.")
                    % {"name": part.seller.name},
                    field=f"shipping.{part.seller.slug}",
                    seller=part.seller.slug,
                )
            option = part.chosen(codes.get(part.seller.slug, ""))
            shipments[part.seller.pk] = Shipment(
                code=option.code,
                label=option.label,
                kind=option.kind,
                price=option.price,
                min_days=option.min_days,
                max_days=option.max_days,
                paid_by=option.paid_by,
                weight_g=part.weight_g,
            )
        slugs = {part.seller.pk: part.seller.slug for part in self.sellers}
        districts = {part.seller.pk: part.seller.district_id for part in self.sellers}
        return Quoted(shipments, slugs, self.fingerprint, self.region_text, districts)


def quote_cart(cart: CartView, region: Region, locality: str = "") -> CartQuote:
    """Quote every seller of a cart to a region."""
    tariffs = load_tariffs(clock.today())
    destination = Destination.of(region)
    parts = tuple(_quote_group(group, destination, tariffs) for group in cart.groups)
    text = region.in_words()
    return CartQuote(parts, cart.fingerprint, f"{locality}, {text}" if locality else text)


def _quote_group(group: GroupView, destination: Destination, tariffs: object) -> SellerQuote:
    parcels = parcels_of(group.lines)
    scopes = {line.variant.product.ship_scope for line in group.lines}
    options = quote(Origin.of(group.seller), destination, parcels, scopes, tariffs)  # type: ignore[arg-type]
    weight = sum(parcel.weight_g * parcel.quantity for parcel in parcels)
    return SellerQuote(group.seller, group.lines, group.subtotal, weight, options)


def parcels_of(lines: Sequence[LineView]) -> tuple[Parcel, ...]:
    """Return weights and sizes of a group's lines."""
    return tuple(Parcel(line.variant.weight_g, line.variant.dims_cm, line.quantity) for line in lines)
