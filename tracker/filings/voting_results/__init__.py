"""Votes of a shareholders' meeting, as Item 5.07 of a Form 8-K reports them."""
