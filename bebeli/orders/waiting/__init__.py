"""Finance's one list: what waits for a person, of every kind, the oldest first.

To add a kind, describe it as a `Kind` in a module of this package and name it in `kinds.KINDS`.
"""
