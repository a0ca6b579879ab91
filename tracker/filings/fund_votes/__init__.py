"""How funds voted: Form N-PX."""
