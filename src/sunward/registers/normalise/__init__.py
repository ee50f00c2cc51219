"""What cells say: pure functions from what was typed to values, one module per kind of thing."""
