"""Tests of what `make demo` is made of."""
