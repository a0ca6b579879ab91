"""What we ask and how we read the answers: one file per source, none of which opens a socket or a session."""
