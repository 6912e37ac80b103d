"""Owns the case, its workflow, its reporter and its evidence."""
