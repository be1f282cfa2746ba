"""Across documents: the same actors, texts and happenings, and where the accounts part."""
