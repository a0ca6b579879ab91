"""Use cases: one function, one transaction. They bring store, net and the pure stages together."""
