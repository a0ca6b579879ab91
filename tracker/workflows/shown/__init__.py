"""What `tracker read` shows of a file: what would be stored of it, storing nothing."""
