"""What the site gives to programs: Atom, iCal, CSV, JSON, JSON Lines, TimelineJS."""
