"""Briefs: findings picked from a ledger, each sentence with its citation, and the proof of it.

    ids ──composing──▶ Brief ──markdown, page, letter, print──▶ .md, .html, .docx, .pdf
    .md, .html, .docx ──reading──▶ Brief ──checking (carrying)──▶ faults

The file is the brief: nothing is kept beside it. Markdown may be edited and made into the other
forms again.
"""
