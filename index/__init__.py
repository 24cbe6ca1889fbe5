"""How minutes are FOUND: a projection of the archive that may be deleted and rebuilt at any time.

Imports `archive`; never `crawler` or `web`. An engine's library is imported in that engine's own module alone.
"""
