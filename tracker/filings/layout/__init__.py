"""A filed document as text in blocks, each with its place: HTML as filed, text, PDF."""
