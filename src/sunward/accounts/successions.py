"""When units were merged or moved: what happened under an old path counts where it leads to from that day on.

The tree that stands holds one path for each unit. What happened before a merger keeps the path of its day, so a closed
period never changes; who asks for it under a later tree finds it under the successor.
"""

from dataclasses import dataclass
from datetime import date

from sunward.accounts.models import UnitSuccession


@dataclass(frozen=True, slots=True)
class Succession:
    """Everything at or below `old_path` is found at or below `new_path`."""

    old_path: str
    new_path: str


def successions_until(on: date) -> tuple[Succession, ...]:
    """By old path, as of the day; who was merged into somebody merged later is led to the last of them."""
    led: dict[str, str] = {}
    for old, new in UnitSuccession.objects.filter(on__lte=on).order_by("on", "pk").values_list("old_path", "new_path"):
        led = {begin: _lead(end, old, new) for begin, end in led.items()}
        led[old] = new
    return tuple(Succession(old, new) for old, new in led.items() if old != new)


def _lead(path: str, old: str, new: str) -> str:
    return new + path.removeprefix(old) if path.startswith(old) else path
