"""A row of a plan becomes a gathering with its sessions; what was held leaves its facts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from sunward.accounts.models import Unit
from sunward.employment.intake import reading
from sunward.employment.intake.known import Key, find_gatherings
from sunward.gatherings.access import GATHERING_SUBJECT
from sunward.gatherings.enums import GatheringState
from sunward.gatherings.models import Gathering, Session, SignUp
from sunward.ledger.actions import NewFact, record_many, withdraw_many
from sunward.registers.intake import Kept, Known, Place, Taken, Taking, Values
from sunward.registers.untouched import SIGNED_UP, touched_records

# The facts that whoever closes a gathering writes as well: one for it, one with the heads that were counted.
HELD, REPORTED = "gatherings.gathering_held", "gatherings.attendance_reported"


class EventsIntake:
    """The kinds differ in what their sheets hold, not in what becomes of a row."""

    record_kind = GATHERING_SUBJECT

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def place(self, values: Values, *, home: Place, places: Mapping[str, Place]) -> Place:
        return reading.place_of(values, home=home, places=places)

    def find_known(self, identity: str, keys: Sequence[Key]) -> dict[Key, Known]:
        return find_gatherings(keys)

    def take(self, rows: Sequence[Values], *, taking: Taking) -> list[Taken]:
        _wait_for_others(taking.home)
        known = find_gatherings([key for row in rows for key in _keys(row)])
        taken: list[Taken] = []
        made: list[tuple[Gathering, Values]] = []
        for row in rows:
            original = _original(row, known)
            if original is not None:
                taken.append(Taken(GATHERING_SUBJECT, original.id, is_new=False))
                continue
            place = self.place(row, home=taking.home, places=taking.places)
            gathering = reading.gathering_of(row, place, taking)
            gathering.save(force_insert=True)
            made.append((gathering, row))
            taken.append(Taken(GATHERING_SUBJECT, gathering.pk))
        Session.objects.bulk_create(
            session for gathering, row in made for session in reading.sessions_of(gathering, row)
        )
        record_many([fact for gathering, row in made for fact in _facts(gathering, row, taking)], now=taking.now)
        return taken

    def take_back(self, records: Mapping[int, Sequence[int]], *, now: datetime) -> list[Kept]:
        """One that somebody has changed, signed up for or works with stays."""
        # The gathering's row is the lock of all its places: nobody signs up while we look.
        locked = Gathering.objects.select_for_update().filter(pk__in=records).order_by("pk")
        there = list(locked.values_list("pk", flat=True))
        kept = touched_records(
            Gathering, there, own=(Session,), subject_kind=GATHERING_SUBJECT, written=(HELD, REPORTED)
        )
        kept |= dict.fromkeys(SignUp.objects.filter(gathering__in=there).values_list("gathering", flat=True), SIGNED_UP)
        gone = [number for number in there if number not in kept]
        withdraw_many(subject_kind=GATHERING_SUBJECT, subject_ids=gone, now=now)
        Session.objects.filter(gathering__in=gone).delete()
        Gathering.objects.filter(pk__in=gone).delete()
        return [Kept(number, because) for number, because in kept.items()]


def _wait_for_others(home: Place) -> None:
    """Two imports of one plan at once would not see each other's gatherings: one district takes over one at a time."""
    root = f"/{home.path.strip('/').split('/')[0]}/"
    list(Unit.objects.select_for_update(no_key=True).filter(path=root).values_list("pk", flat=True))


def _keys(row: Values) -> list[Key]:
    """The identities a row has, the narrower one first."""
    identity, apart = row.get("identity"), row.get("apart")
    if not identity:
        return []
    return [(str(identity), str(apart)), (str(identity),)] if apart else [(str(identity),)]


def _original(row: Values, known: Mapping[Key, Known]) -> Known | None:
    """As the staging judges it: where both tell what sets them apart, that decides."""
    for key in _keys(row):
        found = known.get(key)
        if found is not None and not (len(key) == 1 and row.get("apart") and "apart" in found.has):
            return found
    return None


def _facts(gathering: Gathering, row: Values, taking: Taking) -> list[NewFact]:
    """Only of what was held; the count of heads where the plan tells one."""
    if gathering.state != GatheringState.HELD:
        return []
    counted = {HELD: 1, REPORTED: gathering.reported_attendance}
    return [
        NewFact(
            kind=kind, subject_kind=GATHERING_SUBJECT, subject_id=gathering.pk,
            happened_on=reading.held_on(row, on=taking.on), actor_id=taking.actor.user_id, unit_id=gathering.host_id,
            unit_path=gathering.unit_path, quantity=Decimal(quantity),
            attributes={"kind": gathering.kind, "gathering_id": gathering.pk, "batch": taking.batch_id},
        )
        for kind, quantity in counted.items()
        if quantity is not None
    ]  # fmt: skip
