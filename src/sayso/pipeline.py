"""The one place that knows the order of the steps.

    path ──acquire.files──▶ RawDocument
    RawDocument ──clean.clean──▶ Document                       text, zones, map to the source
    Document ──model.parse──▶ Analysis                          tokens and trees of its zones
    Analysis ──extract.names──▶ names ──link.entities──▶ DocumentEntities
    Analysis ──extract.statements──▶ drafts ──link.holders──▶ statements
    Analysis, statements ──extract.claims──▶ claims, events
    all of it ──▶ Reading ──store──▶ ledger                     one transaction a document

Every step is a plain function of records: it touches no store, no network and no global.
"""
