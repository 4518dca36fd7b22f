"""Bulk data for measurements: many sellers, products, buyers and orders, written by COPY."""
