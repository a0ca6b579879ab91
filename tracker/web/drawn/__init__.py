"""What the server draws as SVG: the strip over a timeline, support over the years."""
