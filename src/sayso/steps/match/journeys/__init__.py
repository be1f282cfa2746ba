"""The same quoted words in several documents, and what became of them on the way."""
