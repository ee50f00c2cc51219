"""When something in the demo happens."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Moment:
    """The day and the instant on which the demo is built."""

    on: date
    now: datetime

    def earlier(self, days: int) -> "Moment":
        step = timedelta(days=days)
        return Moment(self.on - step, self.now - step)
