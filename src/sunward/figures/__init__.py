"""What a figure is and how it is counted: declared indicators, facts as known on a day, the number and its list."""
