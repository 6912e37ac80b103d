"""Plain helpers without tables: guarded writes, scope, sealing, identity numbers, working days, words and dates."""
