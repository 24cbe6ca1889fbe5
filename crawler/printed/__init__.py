"""A whole set of printed minutes, of any council and any layout, cut into a meeting with its items."""
