"""The nouns of the catalog room."""

from bebeli.catalog.models.category import Category
from bebeli.catalog.models.figure import Figure
from bebeli.catalog.models.picture import Picture
from bebeli.catalog.models.product import Certificate, Product, ProductStanding
from bebeli.catalog.models.stock import Reservation, StockMovement
from bebeli.catalog.models.variant import PriceChange, Variant
from bebeli.catalog.models.word import Synonym, Word

__all__ = [
    "Category",
    "Certificate",
    "Figure",
    "Picture",
    "PriceChange",
    "Product",
    "ProductStanding",
    "Reservation",
    "StockMovement",
    "Synonym",
    "Variant",
    "Word",
]
