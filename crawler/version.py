"""The version of the reading: whatever is stored says by which one it was read."""

from typing import Final

PARSER: Final = "6"
"""Raised when the readers read better than before, so that `minutebook reparse` knows what to read again."""
