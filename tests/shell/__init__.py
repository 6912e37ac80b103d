"""What every page shares: components, forms, error pages, static files."""
