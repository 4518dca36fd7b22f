"""People: who they are, where they live, and for whom they may act."""
