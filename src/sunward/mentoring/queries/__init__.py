"""Reads that a page or a job needs shaped."""
