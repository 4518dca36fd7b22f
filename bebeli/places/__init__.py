"""Where things are: regions, postal codes, delivery zones, tariffs."""
