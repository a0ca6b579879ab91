"""Shareholder proposals and dates in a company's proxy statement (DEF 14A)."""
