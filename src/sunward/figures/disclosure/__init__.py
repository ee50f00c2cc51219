"""Which figures stay hidden so that none of the small ones can be computed, from this publication and all before it."""
