"""Paper: posters, door lists and slips, from plain content to PDF and PNG; every print is recorded."""
