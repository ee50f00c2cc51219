"""What the pages of meetings and plans show."""
