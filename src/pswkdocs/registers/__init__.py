"""Registers: records of one kind, or of several that belong together, on a page and as open data."""
