"""The site. A page group is a module with a blueprint `bp`; a view reads or calls one workflow, and decides nothing."""
