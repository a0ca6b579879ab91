"""Papers of proponents, companies and the SEC's staff: solicitations, and letters under Rule 14a-8."""
