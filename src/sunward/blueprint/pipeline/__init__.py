"""From a university's result to a product (从0到10): which step may follow which, and what resembles what."""
