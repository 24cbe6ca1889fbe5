"""The ModernGov platform: its addresses, its HTML pages, its web service, and the walk over a site."""
