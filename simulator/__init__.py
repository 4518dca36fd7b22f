"""The payment provider's stand-in: its wire protocol, its moods, and a page where the "customer" pays. Play money only."""
