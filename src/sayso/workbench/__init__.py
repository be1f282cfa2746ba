"""The workbench: a local web application on one ledger, for reading, checking and comparing.

    app ── guards (host, token, policy) ──▶ pages ── views of records ──▶ templates, or JSON

Every page has a JSON twin at the same address (`Accept: application/json`). Nothing is loaded from
elsewhere, and no page runs a script that is not a file of ours.
"""
