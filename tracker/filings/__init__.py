"""Readers of filings: bytes in, frozen values out, with the place of every figure. No session, no socket, no clock."""
