"""Figures of closed months: what the district publishes of them, once, under disclosure control."""
