"""All SQL: plain functions, session first. A query names every filter, orders fully and returns a list."""
