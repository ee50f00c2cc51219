"""Tutoring online: a university student helps one child with its school work, at the same hour every week."""
