"""Pages for people who are signed in and tend the archive. Each module with a `bp` is a page group."""
