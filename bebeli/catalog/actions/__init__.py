"""The verbs of the catalog room."""
