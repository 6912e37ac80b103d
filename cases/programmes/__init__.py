"""Owns programmes, rounds and their schedule by area."""
