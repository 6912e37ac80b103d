"""Pages of paper: what to print, posters, lists and slips, and the books of what was printed."""
