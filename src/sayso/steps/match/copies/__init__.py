"""Which documents are one text: found by kept sketches, decided by comparing words."""
