"""What is typed about meetings and plans."""
