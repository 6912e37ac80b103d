"""Pages of escalations: what was sent, what came back, and the offices."""
