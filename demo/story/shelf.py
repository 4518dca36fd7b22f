"""Puts the makers and their goods on the shelf."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password

from bebeli.accounts.models import User
from bebeli.catalog import search
from bebeli.catalog.models import (
    Category,
    Certificate,
    Picture,
    PriceChange,
    Product,
    ProductStanding,
    StockMovement,
    Variant,
)
from bebeli.catalog.stock import refresh_shelf
from bebeli.kit import clock
from bebeli.places import phone
from bebeli.sellers.models import Membership, Paper, Seller
from demo.accounts import PASSWORD
from demo.story import told
from demo.story.people import be_known

OLD = timedelta(days=120)
SERVICE_WEIGHT = 400
REACHES = {"kabupaten": 0, "jabodetabek": 1, "nasional": 2, "daring": 2}


def copy_pictures() -> None:
    """Copy the drawn derivatives to where uploads lie."""
    shutil.copytree(told.MEDIA, Path(settings.MEDIA_ROOT) / "p", dirs_exist_ok=True)


def put_up() -> None:
    """Write categories, sellers with their owners, products and opening stock."""
    categories = put_categories()
    sellers = _sellers()
    products = [_product(row, sellers, categories) for row in told.catalog()["products"]]
    _stock(products)
    refresh_shelf(product.pk for product in products)
    search.index(product.pk for product in products)


def put_categories() -> dict[str, Category]:
    """Return the categories by slug; those that are missing are written."""
    made: dict[str, Category] = {}
    for row in told.catalog()["categories"]:
        parent = made.get(row["parent"] or "")
        top = parent.slug if parent else row["slug"]
        made[row["slug"]], _fresh = Category.objects.get_or_create(
            slug=row["slug"],
            defaults={
                "name_id": row["name_id"],
                "name_en": row["name_en"] or "",
                "parent": parent,
                "path": f"{parent.path if parent else ''}{row['slug']}/",
                "position": row["position"],
                "picture": told.digest(f"cat:{top}"),
            },
        )
    return made


def _reach(code: str) -> str:
    scopes = {row["ship_scope"] for row in told.catalog()["products"] if row["seller"] == code} - {"daring"}
    return max(scopes, key=lambda scope: REACHES[scope], default="nasional")


def _sellers() -> dict[str, Seller]:
    password, made = make_password(PASSWORD), {}
    opened = clock.now() - OLD
    for row in told.catalog()["sellers"]:
        seller = Seller.objects.create(
            slug=row["slug"],
            name=row["name"],
            owner_name=row["owner_name"],
            status=Seller.Status.OPEN,
            village_id=row["village_code"],
            district_id=row["kecamatan_code"],
            street=row["address"],
            postal_code=row["postal_code"],
            phone=phone.normalise(row["phone"]),
            email=row["email"],
            nib=row["nib"],
            kind=row["kind"],
            size=row["size_class"],
            since=row["since"],
            badges=row["badges"],
            story_id=row["description_id"] or "",
            story_en=row["description_en"] or "",
            mark=told.digest(f"mark:{row['code']}"),
            ships_to=_reach(row["code"]),
            is_vat_registered=row["pkp"],
            opened_at=opened,
            created_at=opened,
            is_demo=True,
        )
        owner = User.objects.create(email=row["email"], name=row["owner_name"], password=password, is_demo=True)
        be_known(owner)
        Membership.objects.create(seller=seller, user=owner)
        Paper.objects.create(seller=seller, kind="nib", number=row["nib"])
        made[row["code"]] = seller
    return made


def _product(row: dict[str, Any], sellers: dict[str, Seller], categories: dict[str, Category]) -> Product:
    cover = told.pictures()[row["sku"]]
    written = clock.now() - OLD + timedelta(hours=int(row["sku"][1:3]) * 7)
    product = Product.objects.create(
        slug=row["slug"],
        seller=sellers[row["seller"]],
        category=categories[row["category"]],
        name_id=row["name_id"],
        name_en=row["name_en"] or "",
        description_id=row["desc_id"] or "",
        description_en=row["desc_en"] or "",
        unit=row["unit"],
        status=Product.Status.PUBLISHED,
        is_service=row["is_service"],
        ship_scope=row["ship_scope"],
        axes=row["variant_axes"],
        preorder_days=row["preorder_days"] or 0,
        export_ready=row["export_ready"],
        hs_code=row["hs_code"] or "",
        tags=row["tags"],
        price_from=row["price"],
        cover=cover["digest"],
        created_at=written,
        published_at=written,
        changed_at=written,
        is_demo=True,
    )
    Picture.objects.create(product=product, alt_id=row["name_id"], alt_en=row["name_en"], **cover)
    ProductStanding.objects.create(product=product)
    for paper in row["certificates"]:
        valid = date.fromisoformat(paper["valid_until"]) if paper.get("valid_until") else None
        Certificate.objects.create(product=product, kind=paper["type"], number=paper["number"], valid_until=valid)
    Variant.objects.bulk_create([_variant(product, row, variant, at) for at, variant in enumerate(row["variants"])])
    return product


def _variant(product: Product, row: dict[str, Any], variant: dict[str, Any], position: int) -> Variant:
    many = told.times(row, variant)
    length, width, height = row["dims_cm"] or (0, 0, 0)
    weight = row["weight_g"] or (0 if row["ship_scope"] == "daring" else SERVICE_WEIGHT)
    return Variant(
        product=product,
        sku=variant["sku"],
        options=variant["options"],
        price=variant["price"],
        weight_g=weight * many,
        length_cm=length,
        width_cm=width,
        height_cm=height * many,
        gtin=variant.get("gtin") or "",
        position=position,
        on_hand=variant["stock"] or 0,
        price_since=product.created_at,
    )


def _stock(products: list[Product]) -> None:
    variants = list(Variant.objects.filter(product__in=products).select_related("product"))
    StockMovement.objects.bulk_create(
        [
            StockMovement(
                variant=variant,
                kind=StockMovement.Kind.OPENING,
                delta=variant.on_hand,
                on_hand_after=variant.on_hand,
                idem_key=f"opening:{variant.sku}",
                at=variant.price_since,
            )
            for variant in variants
            if variant.on_hand
        ]
    )
    PriceChange.objects.bulk_create(
        [PriceChange(variant=variant, price=variant.price, at=variant.price_since) for variant in variants]
    )
