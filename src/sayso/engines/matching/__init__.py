"""From a ledger to what is found across its documents: only what new documents touch is made again.

The steps are plain functions in `steps.match`; here is what feeds them from the ledger's tables and
puts their results back.
"""
