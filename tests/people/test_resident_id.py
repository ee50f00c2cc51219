"""Document numbers: what is taken, what is upgraded, what is refused and why."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sunward.people.enums import IdKind, Sex
from sunward.people.resident_id import DocumentNumberRefused, Fault, check_character, parse_resident_id

ON = date(2022, 11, 30)


def number(born: date = date(1987, 3, 14), order: int = 951, region: str = "310110") -> str:
    """A number by the definition of GB 11643: the weights are the powers of two modulo eleven."""
    body = f"{region}{born:%Y%m%d}{order:03d}"
    remainder = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(body)) % 11
    return body + "10X98765432"[remainder]


days = st.dates(date(1900, 1, 1), ON)
orders = st.integers(900, 999)


@given(days, orders)
def test_a_sound_number_gives_birth_date_and_sex(born: date, order: int) -> None:
    written = number(born, order)
    if written.endswith("000"):
        return
    found = parse_resident_id(written, on=ON)
    assert (found.kind, found.number, found.birth_date) == (IdKind.RESIDENT_ID, written, born)
    assert found.sex == (Sex.MALE if order % 2 else Sex.FEMALE)
    assert found.warnings == ()


@given(days, orders, st.integers(0, 16), st.integers(1, 9))
def test_any_single_wrong_digit_is_refused(born: date, order: int, place: int, step: int) -> None:
    written = number(born, order)
    wrong = written[:place] + str((int(written[place]) + step) % 10) + written[place + 1 :]
    with pytest.raises(DocumentNumberRefused):
        parse_resident_id(wrong, on=ON)


@given(days, orders)
def test_a_number_kept_as_a_float_is_refused_whatever_its_check_digit(born: date, order: int) -> None:
    for written in (str(int(float(number(born, order)[:17] + "0"))), number(born, order)[:15] + "000"):
        with pytest.raises(DocumentNumberRefused) as refused:
            parse_resident_id(written, on=ON, is_numeric=written[-3:] != "000")
        assert refused.value.fault is Fault.TRUNCATED


@pytest.mark.parametrize(
    "written",
    [
        "３１０１１０１９８７０３１４９５１３",
        "310110 19870314 9513",
        "'310110198703149513",
        "310110-19870314-9513",
        " 310110198703149513\u200b",
        "\ufeff310110198703149513",
        "310110198703149513。",
    ],
)
def test_ways_of_writing_a_number_are_repaired(written: str) -> None:
    assert number()[:17] == "31011019870314951"
    sound = number()
    assert parse_resident_id(written.replace("9513", sound[-4:]).replace("９５１３", sound[-4:]), on=ON).number == sound


@pytest.mark.parametrize("last", ["x", "Ｘ", "ｘ", "×", "X"])
def test_the_check_character_x_may_be_written_in_many_ways(last: str) -> None:
    written = next(number(order=order) for order in range(900, 1000) if number(order=order).endswith("X"))
    assert parse_resident_id(written[:-1] + last, on=ON).number == written


@pytest.mark.parametrize(
    "written", ["3.10110198703149E+17", "3.10110198703149e17", "310110198703149500.0", "310110198703149000"]
)
def test_digits_lost_in_a_spreadsheet_are_recognised_in_text(written: str) -> None:
    with pytest.raises(DocumentNumberRefused) as refused:
        parse_resident_id(written, on=ON)
    assert refused.value.fault is Fault.TRUNCATED
    assert refused.value.code == "people.id_excel_truncated"


def test_fifteen_digits_are_upgraded_to_eighteen() -> None:
    found = parse_resident_id("310110870314951", on=ON)
    assert found.number == number()
    assert found.birth_date == date(1987, 3, 14)
    assert found.warnings == ("id_15_digit",)


def test_fifteen_digits_fit_into_a_number_cell_and_are_taken() -> None:
    assert parse_resident_id(str(int(310110870314951.0)), on=ON, is_numeric=True).number == number()


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("31011019870314951", Fault.LENGTH),
        ("3101101987031495134", Fault.LENGTH),
        ("12345", Fault.LENGTH),
        ("310110********9513", Fault.CHECKSUM),
        ("31O110198703149513", Fault.CHECKSUM),
        (number(date(2000, 1, 1)).replace("20000101", "20000231"), Fault.CHECKSUM),
        ("310110870231951", Fault.BAD_DATE),
        (number(ON + timedelta(days=1)), Fault.BAD_DATE),
    ],
)
def test_a_faulty_number_is_refused_with_its_fault(written: str, fault: Fault) -> None:
    with pytest.raises(DocumentNumberRefused) as refused:
        parse_resident_id(written, on=ON)
    assert refused.value.fault is fault


def test_a_date_that_does_not_exist_is_told_from_a_wrong_check_digit() -> None:
    body = "31011019870231951"
    with pytest.raises(DocumentNumberRefused) as refused:
        parse_resident_id(body + check_character(body), on=ON)
    assert refused.value.fault is Fault.BAD_DATE


@pytest.mark.parametrize("region", ["810000", "820000", "830000"])
def test_residence_permits_of_hong_kong_macao_and_taiwan_are_numbers_of_the_same_build(region: str) -> None:
    found = parse_resident_id(number(region=region), on=ON)
    assert found.kind is IdKind.HMT_RESIDENCE_PERMIT
    assert found.birth_date == date(1987, 3, 14)


def test_permanent_resident_cards_of_both_builds_are_taken() -> None:
    assert parse_resident_id(number(region="931156"), on=ON).kind is IdKind.PERMANENT_RESIDENT_ID
    old = parse_resident_id("CAN110172090500", on=ON)
    assert (old.kind, old.birth_date, old.warnings) == (IdKind.PERMANENT_RESIDENT_ID, None, ("id_unverifiable",))


@pytest.mark.parametrize("written", ["E01234567", "EA1234567", "g12345678", "H12345678", "K0364824"])
def test_a_passport_is_taken_with_a_warning(written: str) -> None:
    found = parse_resident_id(written, on=ON)
    assert (found.kind, found.number, found.sex) == (IdKind.PASSPORT, written.upper(), None)
    assert found.warnings == ("id_unverifiable",)


@pytest.mark.parametrize("region", ["310115", "310199", "310112"])
def test_a_region_that_lists_do_not_know_for_that_year_is_no_reason_to_refuse(region: str) -> None:
    assert parse_resident_id(number(date(1985, 5, 5), region=region), on=ON).warnings == ()


def test_a_region_that_no_province_has_is_a_hint_only() -> None:
    assert parse_resident_id(number(region="990110"), on=ON).kind is IdKind.PERMANENT_RESIDENT_ID
    assert parse_resident_id(number(region="190110"), on=ON).warnings == ("id_region_unknown",)


@pytest.mark.parametrize("around", ["身份证：{}", "{}（身份证）", "{}.", "‘{}", "居民身份证{}"])
def test_words_and_marks_around_a_number_are_no_part_of_it(around: str) -> None:
    assert parse_resident_id(around.format(number()), on=ON).number == number()


@pytest.mark.parametrize("sign", ["x", "ｘ", "×", "\u0425", "\u03a7"])
def test_a_sign_that_looks_like_the_last_x_is_read_as_x(sign: str) -> None:
    written = next(found for found in (number(order=order) for order in range(900, 1000)) if found[-1] == "X")
    assert parse_resident_id(written[:17] + sign, on=ON).number == written
