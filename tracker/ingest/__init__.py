"""From what a source said to what we keep: cleaned, dated, told apart. Pure functions; the time of day is passed in."""
