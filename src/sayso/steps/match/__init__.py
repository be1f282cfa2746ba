"""Across documents: the same actors, the same texts, the same happenings, and where accounts part."""
