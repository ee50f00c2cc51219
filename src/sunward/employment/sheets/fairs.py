"""Plans of job fairs and of interview sessions in the communities: the same columns under other titles."""

from django.utils.translation import gettext_lazy as _

from sunward.employment.sheets import columns as own
from sunward.employment.sheets import events
from sunward.employment.sheets.when import require_day, settle_counts, settle_when
from sunward.employment.sheets.where import settle_mode, settle_where
from sunward.registers.sheets import columns
from sunward.registers.sheets.declarations import Field, Rule, SheetKind, listed

_FIELDS = (
    columns.SEQUENCE, own.CATEGORY, own.MODE, own.SECTOR, own.YEAR, own.DATE, own.TIME, own.MONTH, own.SUBDISTRICT,
    own.PLACE, own.HOST, own.EMPLOYERS, own.POSTS, own.participants(), own.STATUS, columns.REMARK,
)  # fmt: skip
_ANY_OF = ("date", "time", "month")


def _fields(*names: str) -> tuple[Field, ...]:
    return (_FIELDS[0], own.name(*names), *_FIELDS[1:])


def _rules(kind: str, *, title: str) -> tuple[Rule, ...]:
    return (
        settle_when, require_day, settle_mode, settle_where, settle_counts, events.settle_status,
        events.settle_kind(kind, title=title), events.settle_identity,
    )  # fmt: skip


JOB_FAIRS = SheetKind(
    key=events.JOB_FAIR,
    label=_("Job fairs"),
    titles=listed("招聘会、招聘活动、双选会、见面会、专场招聘、招聘安排、招聘计划、直播带岗、招聘专场"),
    fields=_fields("招聘会名称", "招聘会主题", "招聘会"),
    rules=_rules(events.JOB_FAIR, title="招聘会"),
    identities=events.IDENTITIES,
    codes=own.CODES,
    any_of=_ANY_OF,
    roles=own.ROLES,
    family=own.FAMILY,
    ledger="gatherings:gatherings",
    is_about_persons=False,
    compared="status",
    lengths=("remark",),
)
COMMUNITY_INTERVIEWS = SheetKind(
    key=events.COMMUNITY_INTERVIEW,
    label=_("Community interview sessions"),
    titles=listed("面试会、社区专场、社区面试、面试专场、面试安排、面试计划"),
    fields=_fields("面试会名称", "面试会主题", "面试会"),
    rules=_rules(events.COMMUNITY_INTERVIEW, title="社区专场面试会"),
    identities=events.IDENTITIES,
    codes=own.CODES,
    any_of=_ANY_OF,
    roles=own.ROLES,
    family=own.FAMILY,
    ledger="gatherings:gatherings",
    is_about_persons=False,
    compared="status",
    lengths=("remark",),
)
