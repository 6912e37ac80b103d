"""Owns offices, deadline rules, submissions and answers."""
