"""Rows of a workbook become enterprises of the district. Grades are typed from official lists, never imported."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Q

from sunward.blueprint.access_results import ENTERPRISE_SUBJECT
from sunward.blueprint.actions.enterprises import lock_enterprises
from sunward.blueprint.models import DistrictEnterprise
from sunward.blueprint.sheets import ENTERPRISE
from sunward.registers.intake import Intake, Kept, Known, Place, Taken, Taking, Values
from sunward.registers.untouched import touched_records

Key = tuple[str, ...]
_COLUMNS = {"enterprise_code": "credit_code", "enterprise_name": "name"}


class EnterprisesIntake:
    kind = ENTERPRISE
    record_kind = ENTERPRISE_SUBJECT

    def place(self, values: Values, *, home: Place, places: Mapping[str, Place]) -> Place:
        return home

    def find_known(self, identity: str, keys: Sequence[Key]) -> dict[Key, Known]:
        return self.find_known_at(identity, keys, home="/")

    def find_known_at(self, identity: str, keys: Sequence[Key], *, home: str) -> dict[Key, Known]:
        column = _COLUMNS[identity]
        wanted = {f"{column}__in": {key[0] for key in keys}}
        rows = DistrictEnterprise.objects.filter(unit_path__startswith=home, **wanted).order_by("pk")
        found: dict[Key, Known] = {}
        for row in rows:
            known = Known(ENTERPRISE_SUBJECT, row.pk, row.name, row.unit_path, frozenset())
            found.setdefault((getattr(row, column),), known)
        return found

    def take(self, rows: Sequence[Values], *, taking: Taking) -> list[Taken]:
        """One of the same name or code in the district is left as it is: what somebody wrote is not overwritten."""
        # Two imports at once would not see each other's enterprises, nor what is being typed.
        lock_enterprises(taking.home.unit_id)
        known = _known_in(taking.home, rows)
        taken = []
        for row in rows:
            name, code = str(row["name"]), str(row.get("credit_code") or "")
            there = known.get(("credit_code", code)) if code else None
            there = there or known.get(("name", name))
            if there is None:
                made = DistrictEnterprise.objects.create(
                    unit_id=taking.home.unit_id, unit_path=taking.home.path, name=name, credit_code=code,
                    kind=str(row["kind"]), made_at=taking.now, made_by_id=taking.actor.user_id,
                )  # fmt: skip
                known["name", name] = made.pk
                if code:
                    known["credit_code", code] = made.pk
            taken.append(Taken(ENTERPRISE_SUBJECT, there or made.pk, is_new=there is None))
        return taken

    def take_back(self, records: Mapping[int, Sequence[int]], *, now: datetime) -> list[Kept]:
        """One that was changed, graded or that a result is with stays."""
        locked = DistrictEnterprise.objects.select_for_update().filter(pk__in=records).order_by("pk")
        there = list(locked.values_list("pk", flat=True))
        kept = touched_records(DistrictEnterprise, there, own=(), subject_kind=ENTERPRISE_SUBJECT, written=())
        DistrictEnterprise.objects.filter(pk__in=set(there) - kept.keys()).delete()
        return [Kept(number, because) for number, because in kept.items()]


def _known_in(home: Place, rows: Sequence[Values]) -> dict[tuple[str, str], int]:
    names = {str(row["name"]) for row in rows}
    codes = {str(row["credit_code"]) for row in rows if row.get("credit_code")}
    found: dict[tuple[str, str], int] = {}
    asked = DistrictEnterprise.objects.filter(Q(name__in=names) | Q(credit_code__in=codes), unit=home.unit_id)
    for number, name, code in asked.order_by("pk").values_list("pk", "name", "credit_code"):
        found["name", name] = number
        if code:
            found["credit_code", code] = number
    return found


INTAKES: tuple[Intake, ...] = (EnterprisesIntake(),)
