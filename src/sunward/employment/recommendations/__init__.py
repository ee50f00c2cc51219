"""What may come of a recommendation, and by when."""
