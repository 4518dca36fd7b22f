"""The bench's own arithmetic; nothing here measures."""
