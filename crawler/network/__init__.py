"""The only way out: one polite, limited request at a time, checked on the address actually connected to."""
