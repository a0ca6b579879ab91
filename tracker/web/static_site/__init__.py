"""One campaign as a folder of pages and files that need no server: they work from a USB stick."""
