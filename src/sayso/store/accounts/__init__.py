"""The file of accounts: a small SQLite file beside a ledger, and never a part of it.

A ledger is handed around: exported, backed up, sent to others. Who may come in, hashes of their
passwords and their sessions are nobody else's business, so they stand in a file of their own that
only its owner may read.
"""
