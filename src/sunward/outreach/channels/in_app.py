"""Inside Sunward: a message is delivered by being written."""

from datetime import datetime

from sunward.outreach.channels.outlet import Answer, Letter, Limit, Verdict, Way


class InApp:
    drops_repeats = True
    limits: tuple[Limit, ...] = ()

    def most_bytes(self, format: str) -> int:  # noqa: A002 - the word of the model
        return 20_000

    def read_address(self, typed: str) -> str:
        return ""

    def send(self, letter: Letter, way: Way, *, now: datetime) -> Answer:
        return Answer(Verdict.SENT)
