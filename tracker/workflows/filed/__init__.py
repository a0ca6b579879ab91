"""What becomes of a filing that was read: each kind of paper has a file that writes what its reader found."""
