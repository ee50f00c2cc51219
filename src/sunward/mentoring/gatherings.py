"""What Neighbour Mom brings people together for."""

from django.utils.translation import gettext_lazy as _

from sunward.accounts.enums import CASEWORK_ROLES
from sunward.gatherings.declaration import GatheringKind, KindField
from sunward.gatherings.enums import Audience

PROGRAMME = "mentoring"

KINDS = (
    GatheringKind(
        "mentoring.outing", _("Outing"), PROGRAMME, (*CASEWORK_ROLES,), Audience.PAIRS, icon="sun", needs_consent=True,
        children_per_adult=3, self_sign_up=True,
        fields=(KindField("meeting_point", _("meeting point")), KindField("bring", _("what to bring"))),
    ),
    GatheringKind(
        "mentoring.training", _("Training"), PROGRAMME, (*CASEWORK_ROLES,), Audience.MENTORS, icon="school",
        self_sign_up=True, fields=(KindField("speaker", _("speaker")),),
    ),
    GatheringKind(
        "mentoring.salon", _("Mentors' salon"), PROGRAMME, (*CASEWORK_ROLES,), Audience.MENTORS, icon="coffee",
        self_sign_up=True, fields=(KindField("speaker", _("speaker")),),
    ),
)  # fmt: skip
