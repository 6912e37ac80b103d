"""Owns households, members, consent, status checks, aid received and visits."""
