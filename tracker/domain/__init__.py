"""Plain values and rules. Imports nothing but the standard library and nothing of ours from above."""
