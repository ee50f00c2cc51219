"""Vacancies: what channels deliver, read into what a jobseeker can compare."""
