"""Does a text say who it is about? Names, schools, homes, telephones and numbers, found before it leaves the file.

`screen` finds, `blank_out` puts neutral words in their place; a person looks at both. What is known around a file is
found wherever it stands; what nobody knows is found by its shape. Better a word looked at in vain than one child named.
"""

from sunward.people.screening.finding import Finding, FindingKind, Known
from sunward.people.screening.screen import blank_out, screen

__all__ = ["Finding", "FindingKind", "Known", "blank_out", "screen"]
