"""What Leye Space brings people together for."""

from django.utils.translation import gettext_lazy as _

from sunward.accounts.enums import Role
from sunward.employment.course_series import CoursePart, CourseSeries
from sunward.employment.vacancies.industry_groups import IndustryGroup
from sunward.gatherings.declaration import FieldType, GatheringKind, KindField
from sunward.gatherings.enums import Audience

PROGRAMME = "employment"

_EMPLOYERS = KindField("employers", _("employers taking part"), FieldType.NUMBER)
_POSTS = KindField("posts", _("posts offered"), FieldType.NUMBER)
_INDUSTRY = KindField(
    "industry", _("for which industry"), FieldType.CHOICE, tuple(IndustryGroup.choices),
    help=_("Employers of this industry stand first when you invite."),
)  # fmt: skip
_SECTOR = KindField("sector", _("industry"), help=_("As the plan or the announcement names it."))
_ORGANISER = KindField("organiser", _("organiser, as the plan names it"))
_COURSE = (
    KindField("series", _("series of courses"), FieldType.CHOICE, tuple(CourseSeries.choices)),
    KindField("part", _("part of the small courses"), FieldType.CHOICE, tuple(CoursePart.choices)),
    KindField("occupation", _("occupation")),
    KindField("speaker", _("speaker")),
)
# To which employers come with booths (`employment.models.fairs`).
BOOTH_KINDS = ("employment.job_fair", "employment.community_interview")
_FAIR, _PUBLIC_FAIR = "employment:fair", "fair_public"

KINDS = (
    GatheringKind(
        "employment.job_fair", _("Job fair"), PROGRAMME, (Role.EMPLOYMENT_OFFICER,), Audience.JOBSEEKERS,
        icon="building-store", fields=(_INDUSTRY, _SECTOR, _EMPLOYERS, _POSTS, _ORGANISER), self_sign_up=True,
        is_public=True, desk_page=_FAIR, public_page=_PUBLIC_FAIR,
    ),
    GatheringKind(
        "employment.community_interview", _("Community interview session"), PROGRAMME, (Role.EMPLOYMENT_OFFICER,),
        Audience.JOBSEEKERS, icon="messages", fields=(_INDUSTRY, _EMPLOYERS, _POSTS, _ORGANISER), self_sign_up=True,
        is_public=True, desk_page=_FAIR, public_page=_PUBLIC_FAIR,
    ),
    GatheringKind(
        "employment.course_session", _("Course session"), PROGRAMME, (Role.EMPLOYMENT_OFFICER,), Audience.JOBSEEKERS,
        icon="school", fields=_COURSE, self_sign_up=True, is_public=True,
    ),
    GatheringKind(
        "employment.salon", _("Salon"), PROGRAMME, (Role.EMPLOYMENT_OFFICER,), Audience.EVERYBODY, icon="coffee",
        fields=(KindField("speaker", _("speaker")),), self_sign_up=True, is_public=True,
    ),
)  # fmt: skip
