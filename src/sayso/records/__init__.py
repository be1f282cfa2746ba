"""The data model: frozen records that guard their own invariants, and nothing else.

Field names are those of the ledger's JSON Lines format; the JSON of a record is its own.
"""
