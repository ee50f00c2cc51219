"""What pages and acts ask of gatherings, in frozen dataclasses."""
