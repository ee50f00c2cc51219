"""The kinds of facts that acts write: named in the source, or made there from the states of a thing."""

import re
from functools import lru_cache
from pathlib import Path

from sunward.casework.enums import ContactOutcome, FollowUpState
from sunward.employment.enums import StepKind
from sunward.mentoring.enums import MatchState
from sunward.mentoring.tutoring.enums import SessionState

SOURCE = Path(__file__).resolve().parents[2] / "src" / "sunward"
_CODE = re.compile(r'"([a-z]+\.[a-z_0-9]+)"')


@lru_cache(maxsize=1)
def written_kinds() -> frozenset[str]:
    """Codes that stand in an act, a job or an import; a declaration alone writes nothing."""
    sources = [
        path for path in SOURCE.rglob("*.py") if path.name != "indicators.py" and "audit_pages" not in path.parts
    ]
    named = {code for path in sources for code in _CODE.findall(path.read_text())}
    made = {f"mentoring.match_{state}" for state in MatchState.values}
    made |= {f"mentoring.visit_{outcome}" for outcome in ContactOutcome.values}
    made |= {f"mentoring.session_{state}" for state in SessionState.values}
    made |= {f"casework.follow_up_{state}" for state in FollowUpState.values}
    return frozenset(named | made | {f"employment.step_{kind}" for kind in StepKind.values})
