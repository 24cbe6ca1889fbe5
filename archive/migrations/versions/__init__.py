"""The migrations, in order; each is run once in its life and never edited after a release."""
