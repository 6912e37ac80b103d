"""Letters: what the cases say, what each kind of letter says of it, and what may stand on its paper."""
