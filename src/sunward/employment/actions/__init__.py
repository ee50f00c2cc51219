"""What people do in Leye Space."""
