"""Owns AuditEvent: append-only history without foreign keys, timeline and outbox in one."""
