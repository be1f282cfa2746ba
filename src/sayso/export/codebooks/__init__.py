"""Views of a ledger's findings by the rules of somebody's code book."""
