"""The nouns of the sellers room."""

from bebeli.sellers.models.seller import Membership, Paper, Seller

__all__ = ["Membership", "Paper", "Seller"]
