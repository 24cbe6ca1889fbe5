"""What the archive IS: its nouns, the store that keeps them and the captures they were read from.

Imports the standard library, SQLAlchemy and warcio only; never `crawler`, `index` or `web`.
"""
