"""What is larger than the house allows, with its size today. The list only shrinks: an entry that has become smaller
must be lowered, one that fits must go, and none is added without the lead's word.
"""

FILES: dict[str, int] = {}
FUNCTIONS: dict[str, int] = {}
TEMPLATES: dict[str, int] = {}
