"""How minutes COME IN: a council's site or a saved file at one end, a whole `archive.model.Meeting` at the other.

Imports `archive`; never `index` or `web`. Only `crawler.network.fetch` opens a socket; everything that reads is pure.
"""
