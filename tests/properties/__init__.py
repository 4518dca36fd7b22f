"""Whatever happens in whatever order, the books are right: real verbs walked beside a small model."""
