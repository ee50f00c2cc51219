"""What is done to meetings, to the lines of their papers, and to the work that comes of them."""
