"""Tests of what keeps the shop running."""
