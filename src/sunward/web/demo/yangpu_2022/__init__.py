"""A district of synthetic persons and events whose records add up to what was reported for January to October 2022.

Nothing is a stored total: each number that is to come out is a number of records that are made. Where acts would take
minutes, rows are written many at once; a test holds a sample of them equal to what the acts write.
"""
