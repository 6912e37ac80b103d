"""Owns Job: long work with progress, result and error, safe to run again."""
