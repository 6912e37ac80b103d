"""Paper as the API gives and takes it."""
