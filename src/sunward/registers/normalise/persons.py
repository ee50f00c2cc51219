"""Rules over a whole row about a person: number against columns, place against place."""

import re
from functools import lru_cache

from sunward.accounts.areas import Area, find_committees, get_area, read_subdistrict, split_place
from sunward.registers.normalise.text import ERROR_VALUES, UNKNOWN_WORDS, clean_text, is_placeholder
from sunward.registers.sheets.declarations import Draft
from sunward.registers.workbook.cells import Cell, text_of

_COMMITTEE = re.compile(r"\w+?(?:居委会|居民委员会|居民区|居委)")


def require_name(draft: Draft) -> None:
    if draft.values.get("name") is None:
        draft.values["name"] = None
        if not any(code in draft.codes for code in ("name_invalid",)):
            draft.flag("name_missing")


def settle_document(draft: Draft) -> None:
    """The number wins over the columns for birth date and sex; a month takes its day from the number."""
    document = draft.document
    draft.values["id_number"] = document.number if document else None
    draft.values["id_type"] = document.kind.value if document else None
    if document is None and not any(code.startswith("id_") for code in draft.codes):
        draft.flag("id_missing")
    _settle_birth_date(draft)
    told = document.sex.value if document and document.sex else None
    written = draft.values.get("sex")
    if told and written and told != written:
        draft.flag("sex_conflict")
    draft.values["sex"] = told or written


def settle_voluntary_document(draft: Draft) -> None:
    """Where no document number is asked for: a given one is used, a missing one is no matter."""
    if draft.document is not None or draft.born is not None:
        settle_document(draft)
        draft.codes = [code for code in draft.codes if code != "id_missing"]


def _settle_birth_date(draft: Draft) -> None:
    told = draft.document.birth_date if draft.document else None
    born = draft.born
    if told is not None:
        if born is not None and not born.covers(told):
            draft.flag("birth_date_conflict")
        draft.values["birth_date"] = told.isoformat()
    elif born is not None and born.first > draft.on:
        draft.flag("date_in_future")
        draft.values["birth_date"] = None
    else:
        draft.values["birth_date"] = born.iso if born else None


def settle_place(draft: Draft) -> None:
    """Sub-district and committee from their cells; without a cell the sheet tells, then the committee."""
    both = split_place(written_in(draft, "place")) if "place" in draft.cells else ("", "")
    draft.values.pop("place", None)
    subdistrict = read_own_subdistrict(written_in(draft, "subdistrict") or both[0], draft)
    written = written_in(draft, "neighbourhood") or both[1]
    committee: Area | None = None
    if written and "subdistrict_outside" not in draft.codes:
        committee = _committee(written, subdistrict, draft)
    if subdistrict is None and committee is not None:
        subdistrict = get_area(committee.parent)
    draft.values["subdistrict"] = subdistrict.name if subdistrict else None
    draft.values["subdistrict_code"] = subdistrict.code if subdistrict else None
    draft.values["neighbourhood_code"] = committee.code if committee else None


def read_own_subdistrict(written: str, draft: Draft) -> Area | None:
    """The sub-district that is written, else the one the sheet or a section row tells; flags one that is not ours."""
    if written:
        reading = read_subdistrict(written)
        if reading is not None:
            if reading.area is None:
                draft.flag("subdistrict_outside")
            elif reading.is_old_name:
                draft.flag("subdistrict_old_name")
            return reading.area
    return get_area(draft.subdistrict) if draft.subdistrict else None


def _committee(written: str, subdistrict: Area | None, draft: Draft) -> Area | None:
    found = find_committees(written)
    for area in found:
        if subdistrict is not None and area.parent == subdistrict.code:
            return area
    if subdistrict is None and len(found) == 1:
        return found[0]
    draft.flag("neighbourhood_mismatch" if found and subdistrict is not None else "neighbourhood_unknown")
    return None


def written_in(draft: Draft, key: str) -> str:
    """A cell's cleaned text; empty for what stands for nothing."""
    return _cleaned(text_of(draft.cells.get(key, "")))


@lru_cache(maxsize=4096)  # most cells name one of the places of the district
def _cleaned(text: str) -> str:
    text = clean_text(text)
    return "" if text.startswith("#") or text in UNKNOWN_WORDS or is_placeholder(text) else text


def told_committee(text: str) -> str | None:
    """The one committee that a sheet's name or a line above the table speaks of."""
    found = {area.code: area.name for name in _COMMITTEE.findall(text) for area in find_committees(name)}
    return next(iter(found.values())) if len(found) == 1 else None


def place_text(cell: Cell, draft: Draft) -> None:
    """Sub-district and committee are settled together by `settle_place`; here only an error is seen."""
    if text_of(cell).strip().upper() in ERROR_VALUES:
        draft.flag("formula_error")
