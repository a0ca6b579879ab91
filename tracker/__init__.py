"""Whereas: a tracker of shareholder and advocacy campaigns, with evidence on every field."""

__version__ = "0.1.0"
