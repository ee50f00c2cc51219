"""What the pages of Leye Space read."""
