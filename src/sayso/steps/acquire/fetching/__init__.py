"""Fetching from the network: the one part of sayso that uses it."""
