"""The commands, thin: each opens what it needs, calls one thing, and prints the answer."""
