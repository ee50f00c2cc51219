"""Bulletins: text with figures in it, fixed on the day they are published."""
