"""One function per act, named with the verb people use."""

from sunward.mentoring.actions.matches import approve_match
from sunward.mentoring.actions.vetting_pauses import pause_for_vetting

__all__ = ["approve_match", "pause_for_vetting"]
