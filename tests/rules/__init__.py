"""The house's rules as tests: each reads the sources, and each is shown a breach to prove that it can fail."""
