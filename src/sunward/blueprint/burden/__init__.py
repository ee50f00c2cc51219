"""What the records of a plan cost to write, reckoned from what was written. Pure: no database and no clock."""
