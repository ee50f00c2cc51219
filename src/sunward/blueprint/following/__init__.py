"""A line of work from issue to close: what may follow what, who may say it, and by when somebody must answer."""
