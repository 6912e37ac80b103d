"""Owns the tree province..RT, kampung and their notice boards, and the organisation's own days."""
