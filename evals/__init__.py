"""The quality gate: figures on gold that others annotated, with floors that only rise."""
