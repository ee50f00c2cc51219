"""The small library: what neighbour moms and students learn from, and the hours that come of it."""
