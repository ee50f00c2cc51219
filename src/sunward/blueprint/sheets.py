"""What the Blueprint brings to imports: the enterprises of a district, as an office has them in a workbook."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.accounts.enums import Role
from sunward.blueprint.enums import EnterpriseKind
from sunward.blueprint.reading.numbers import has_numbers
from sunward.people.credit_codes import read_credit_code
from sunward.registers.normalise import readers
from sunward.registers.normalise.text import UNKNOWN_WORDS, clean_text, is_placeholder, squeeze
from sunward.registers.sheets import columns
from sunward.registers.sheets.codes import rejects, warns
from sunward.registers.sheets.declarations import Draft, Field, Identity, SheetKind, Value, listed
from sunward.registers.workbook.cells import Cell, text_of

ENTERPRISE, LONGEST_NAME = "district_enterprise", 80
_KINDS = {
    "关键核心技术": EnterpriseKind.KEY_TECHNOLOGY, "核心技术": EnterpriseKind.KEY_TECHNOLOGY,
    "全球市场": EnterpriseKind.GLOBAL_MARKET, "本土成长": EnterpriseKind.GROWN_HERE,
}  # fmt: skip


def _name(cell: Cell, draft: Draft) -> Value:
    text = readers.plain_text(cell, draft)
    return squeeze(text) if text else None


def _credit_code(cell: Cell, draft: Draft) -> Value:
    text = clean_text(text_of(cell))
    if is_placeholder(text) or text in UNKNOWN_WORDS:
        return None
    code, problem = read_credit_code(text, is_numeric=isinstance(cell, int | float) and not isinstance(cell, bool))
    if problem:
        draft.flag(problem)
    return code


def _kind(cell: Cell, draft: Draft) -> Value:
    """One of the three, in the words of a list; of two in one cell neither is taken."""
    text = readers.plain_text(cell, draft) or ""
    found = {str(kind) for word, kind in _KINDS.items() if word in text}
    return found.pop() if len(found) == 1 else None


def _settle(draft: Draft) -> None:
    name, values = draft.values.get("name"), draft.values
    values.setdefault("credit_code", None)
    if not name:
        draft.flag("enterprise_name_missing")
    elif not isinstance(name, str) or len(name) > LONGEST_NAME or has_numbers(name) or "formula_text" in draft.codes:
        draft.flag("enterprise_name_invalid")
    if not values.get("kind"):
        draft.flag("enterprise_kind_missing")


ENTERPRISES = SheetKind(
    key=ENTERPRISE,
    label=pgettext_lazy("list", "Enterprises"),
    titles=listed("企业名单、企业名录、企业清单、科技企业、重点企业"),
    fields=(
        columns.SEQUENCE,
        Field(
            "name",
            pgettext_lazy("column of results", "Enterprise"),
            listed("企业名称、企业、企业全称、公司名称、公司、单位名称、名称、enterprise"),
            _name,
            like=r"(?:企业|公司)(?:全称|名称|名)",
            is_signature=True,
            is_required=True,
        ),
        Field(
            "credit_code",
            _("Unified social credit code"),
            listed("统一社会信用代码、社会信用代码、信用代码、统一信用代码、统一代码、uscc"),
            _credit_code,
            like=r"(?:统一)?(?:社会)?信用代码.*",
        ),
        Field(
            "kind",
            _("Kind of enterprise"),
            listed("企业类型、企业类别、企业分类、科技企业类型、科技企业类别"),
            _kind,
            is_signature=True,
            is_required=True,
        ),
        columns.REMARK,
    ),
    rules=(_settle,),
    identities=(Identity("enterprise_code", ("credit_code",)), Identity("enterprise_name", ("name",))),
    codes=(
        rejects("enterprise_name_missing", _("No enterprise is named. Type its name as it is registered.")),
        rejects(
            "enterprise_name_invalid",
            _("This is no name of an enterprise: too long, or with a telephone or a formula. Type it as registered."),
        ),
        rejects(
            "enterprise_kind_missing",
            _("Its kind is not told: key core technology, global market or grown here. Type one of the three."),
        ),
        warns("uscc_checksum", _("The social credit code is wrong, often an O for a 0. It was left empty.")),
        warns("uscc_excel_truncated", _("Excel has cut off the last digits of the credit code. It was left empty.")),
    ),
    roles=(Role.PLAN_OFFICER,),
    is_of_districts=True,
    is_about_persons=False,
    ledger="blueprint:enterprises",
)

SHEETS = (ENTERPRISES,)
