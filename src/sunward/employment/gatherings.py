"""What Leye Space brings people together for."""

from django.utils.translation import gettext_lazy as _

from sunward.accounts.enums import Role
from sunward.gatherings.declaration import FieldType, GatheringKind, KindField
from sunward.gatherings.enums import Audience

PROGRAMME = "employment"

_EMPLOYERS = KindField("employers", _("employers taking part"), FieldType.NUMBER)
_POSTS = KindField("posts", _("posts offered"), FieldType.NUMBER)
_SECTOR = KindField("sector", _("industry"))
_ORGANISER = KindField("organiser", _("organiser, as the plan names it"))

KINDS = (
    GatheringKind(
        "employment.job_fair", _("Job fair"), PROGRAMME, (Role.EMPLOYMENT_OFFICER,), Audience.JOBSEEKERS,
        icon="building-store", fields=(_SECTOR, _EMPLOYERS, _POSTS, _ORGANISER), self_sign_up=True, is_public=True,
    ),
    GatheringKind(
        "employment.community_interview", _("Community interview session"), PROGRAMME, (Role.EMPLOYMENT_OFFICER,),
        Audience.JOBSEEKERS, icon="messages", fields=(_EMPLOYERS, _POSTS, _ORGANISER), self_sign_up=True,
        is_public=True,
    ),
    GatheringKind(
        "employment.course_session", _("Course session"), PROGRAMME, (Role.EMPLOYMENT_OFFICER,), Audience.JOBSEEKERS,
        icon="school", fields=(KindField("occupation", _("occupation")), KindField("speaker", _("speaker"))),
        self_sign_up=True, is_public=True,
    ),
    GatheringKind(
        "employment.salon", _("Salon"), PROGRAMME, (Role.EMPLOYMENT_OFFICER,), Audience.EVERYBODY, icon="coffee",
        fields=(KindField("speaker", _("speaker")),), self_sign_up=True, is_public=True,
    ),
)  # fmt: skip
