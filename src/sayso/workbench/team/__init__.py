"""The workbench for several people: accounts, sessions, roles.

guards ── host, session, role by access, form token ──▶ pages
door ── passwords, limits, the file of accounts
"""
