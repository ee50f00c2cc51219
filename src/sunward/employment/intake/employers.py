"""The employers of rows: found by their credit code, else by their name in the district, else made."""

from collections.abc import Collection, Sequence

from sunward.core.bulk import insert_rows, new_uids, reserve_ids
from sunward.employment.models import Employer
from sunward.employment.vacancies.likeness import employer_core
from sunward.registers.intake import Taking, Values
from sunward.registers.untouched import touched_records

LONGEST_NAME = 120


def find_employers(rows: Sequence[Values], taking: Taking) -> list[int]:
    """The number of each row's employer, in order."""
    named = [(str(row.get("uscc") or ""), _key(row)) for row in rows]
    by_code, by_name = _there(named, taking)
    new: list[tuple[Values, str, str]] = []
    places: list[int] = []
    for row, (code, name) in zip(rows, named, strict=True):
        number = by_code.get(code) if code else None
        if number is None:
            known = by_name.get(name)
            # Two codes are two employers, however alike their names are.
            number = known[0] if known and not (code and known[1]) else None
            if number is not None and code and number > 0:
                Employer.objects.filter(pk=number, uscc=None).update(uscc=code)
        if number is None:
            new.append((row, code, name))
            number = -len(new)
        if code:
            by_code[code] = number
        if name not in by_name or (code and not by_name[name][1]):
            by_name[name] = (number, code)
        places.append(number)
    made = _make(new, taking, codes={number: code for code, number in by_code.items() if number < 0})
    return [made[-number - 1] if number < 0 else number for number in places]


def forget_employers(ids: Collection[int]) -> None:
    """Those whom only an import made known, and of whom nothing else is left."""
    imported = Employer.objects.filter(pk__in=ids, source_batch_id__isnull=False)
    numbers = list(imported.values_list("pk", flat=True))
    used = touched_records(Employer, numbers, own=(), subject_kind="employer", written=())
    Employer.objects.filter(pk__in=set(numbers) - used.keys()).delete()


def _there(named: Sequence[tuple[str, str]], taking: Taking) -> tuple[dict[str, int], dict[str, tuple[int, str]]]:
    codes, names = {code for code, _name in named if code}, {name for _code, name in named}
    by_code: dict[str, int] = {}
    for number, code in Employer.objects.filter(uscc__in=codes).values_list("pk", "uscc"):
        by_code[str(code)] = number
    root = f"/{taking.home.path.strip('/').split('/')[0]}/"
    by_name: dict[str, tuple[int, str]] = {}
    of_name = Employer.objects.filter(name_key__in=names, unit_path__startswith=root).order_by("pk")
    for number, name, code in of_name.values_list("pk", "name_key", "uscc"):
        by_name.setdefault(name, (number, code or ""))
    return by_code, by_name


def _make(new: Sequence[tuple[Values, str, str]], taking: Taking, *, codes: dict[int, str]) -> list[int]:
    """`codes`: of those to be made, by their place, the code that a later row told."""
    if not new:
        return []
    numbers = list(reserve_ids(Employer, len(new)))
    insert_rows(
        Employer,
        (
            "id", "uid", "name", "name_key", "uscc", "industry", "unit_id", "unit_path", "source_batch_id",
            "made_by_id", "made_at",
        ),
        [
            (
                number, uid, str(row.get("employer") or "")[:LONGEST_NAME], name, codes.get(-place) or code or None,
                str(row.get("industry_code") or ""), taking.home.unit_id, taking.home.path, taking.batch_id,
                taking.actor.user_id, taking.now,
            )
            for place, (number, uid, (row, code, name)) in enumerate(
                zip(numbers, new_uids(len(new)), new, strict=True), start=1
            )
        ],
    )  # fmt: skip
    return numbers


def _key(row: Values) -> str:
    return employer_core(str(row.get("employer") or ""))[:LONGEST_NAME]
