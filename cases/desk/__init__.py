"""Home pages by role, work queues, search over everything, demo data; composes the other slices."""
