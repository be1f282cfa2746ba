"""What people's review says of the ledger: its error rate, how far they agree, training data."""
