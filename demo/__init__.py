"""Everything the demo and the tests need on a bare machine."""
