"""Owns what people are told: reminders from the outbox as one digest a person, on the page and by e-mail."""
