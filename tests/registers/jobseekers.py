"""A kind that no programme declares yet: a declaration alone is enough, measured on sheets of thirteen layouts."""

from datetime import date

from sunward.registers.normalise import readers, shapes
from sunward.registers.normalise.answers import read_yes_no
from sunward.registers.normalise.dates import PartialDate
from sunward.registers.sheets import columns
from sunward.registers.sheets.codes import warns
from sunward.registers.sheets.declarations import Draft, Field, SheetKind, Value, listed
from sunward.registers.workbook.cells import Cell, text_of


def _disabled(cell: Cell, draft: Draft) -> Value:
    text = text_of(cell).strip()
    return True if "级" in text or text.startswith("有") else read_yes_no(text)


def _judge_age(draft: Draft) -> None:
    born = draft.values.get("birth_date")
    if isinstance(born, str):
        day: date = PartialDate.from_iso(born).first
        age = draft.on.year - day.year - ((draft.on.month, draft.on.day) < (day.month, day.day))
        if not 16 <= age <= 60:
            draft.flag("age_outside_working_age")


JOBSEEKERS = SheetKind(
    key="unemployed",
    label="Jobseekers",
    titles=listed("失业人员、排摸"),
    fields=(
        columns.SEQUENCE,
        Field("name", "Name", listed("姓名、名字、人员姓名"), readers.name, is_required=True, shape=shapes.is_name),
        columns.DOCUMENT,
        columns.SEX,
        columns.BIRTH,
        columns.AGE,
        columns.subdistrict(),
        columns.neighbourhood(),
        Field("phone", "Phone", columns.PHONE_HEADINGS, readers.phone, shape=shapes.is_phone),
        Field("address", "Address", listed("现住址、居住地址、住址"), readers.plain_text),
        Field("wanted_job", "Wanted job", listed("期望岗位、求职岗位"), readers.plain_text, is_signature=True),
        Field("wanted_pay", "Wanted pay", listed("期望薪资、期望月薪"), readers.plain_text, is_signature=True),
        Field("skills", "Skills", listed("技能、技能证书"), readers.plain_text),
        Field("schooling", "Education", listed("学历、文化程度"), readers.plain_text),
        Field("status", "Status", listed("就业状态、目前状况"), readers.plain_text, is_signature=True),
        Field("intention", "Intention", listed("就业意向、当前意向"), readers.plain_text, is_signature=True),
        Field("split", "Lives elsewhere", listed("人户分离、是否人户分离"), readers.yes_no),
        Field("disabled", "Disabled", listed("残疾、是否残疾"), _disabled),
        Field(
            "registered_on", "Registered on", listed("失业登记日期、登记日期"), readers.past_date, shape=shapes.is_date
        ),
        columns.REMARK,
    ),
    rules=(*columns.PERSON_RULES, _judge_age),
    identities=columns.PERSON_IDENTITIES,
    codes=(warns("age_outside_working_age", "Younger than 16 or older than 60."),),
    lengths=("remark",),
)
# Values that the declaration above does not try to give.
NOT_DECLARED = ("education", "salary_min", "salary_max")
