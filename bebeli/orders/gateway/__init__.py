"""Payment providers on the wire: pure, without a database. Imported by flows and the callback door only."""
