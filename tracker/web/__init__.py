"""The site. A page group is one module with a blueprint `bp`; a view reads, or calls one workflow, and decides nothing."""
