"""From facts to numbers. The number and its list come of one query (`figure.Figure`); `cells` counts many at once."""
