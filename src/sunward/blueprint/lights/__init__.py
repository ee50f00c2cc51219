"""What colour a line of work has, and why: computed, never chosen. Pure: no database and no clock."""
