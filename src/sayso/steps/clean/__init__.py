"""Clean: from bytes as they came to a document with zones and a map back to its source."""
