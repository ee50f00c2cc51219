"""By which signs Neighbour Mom assesses a child's risk. Points and thresholds are the district's to change: by a new
version beside the old, never by changing one that has been used.

The shape follows domain facts A5: three groups (guardianship, body, behaviour) are scored, and one of four emergencies
makes the level high whatever the score. The words are our own. Two limits are law: nobody under eight without
somebody looking after them, nobody under sixteen living without a guardian (Minors Protection Law, art. 21).
"""

from datetime import date

from django.utils.translation import gettext_lazy as _

from sunward.casework.risk_tables import Indicator, IndicatorGroup, RiskTable, Trigger

_GUARDIANSHIP = IndicatorGroup(
    "guardianship",
    _("Guardianship"),
    (
        Indicator("alone_under_eight", _("Under eight and left alone without somebody to look after the child"), 4),
        Indicator("lives_alone", _("Under sixteen and lives without a guardian"), 4),
        Indicator("care_refused", _("Whoever should care could, and does not"), 4),
        Indicator("harsh_hand", _("Is beaten or humiliated as a way of bringing up"), 4),
        Indicator("carer_worn_out", _("The carer is old, ill or disabled and at the end of their strength"), 2),
        Indicator("carers_change", _("The carer has changed more than once within a year"), 2),
        Indicator("parents_silent", _("Neither parent has been in touch for a month"), 2),
        Indicator("home_in_strife", _("Violence or addiction among the adults at home"), 3),
    ),
)
_BODY = IndicatorGroup(
    "body",
    _("Body and health"),
    (
        Indicator("injuries_unexplained", _("Injuries that nobody can explain"), 4),
        Indicator("ill_untreated", _("Ill or disabled, and not treated"), 3),
        Indicator("food_clothes_lacking", _("Too little food, clothing or cleanliness for the age"), 3),
        Indicator("home_unsafe", _("The dwelling is a danger: wiring, gas, open windows, no bed of one's own"), 2),
        Indicator("growth_unchecked", _("Grows or learns far behind the age, and nobody has had it looked at"), 2),
    ),
)
_BEHAVIOUR = IndicatorGroup(
    "behaviour",
    _("Behaviour and mood"),
    (
        Indicator("out_of_school", _("Does not go to school, or is about to leave it"), 3),
        Indicator("nights_away", _("Stays away at night without anybody knowing where"), 3),
        Indicator("bad_company", _("Is drawn into breaking the law"), 3),
        Indicator("withdrawn", _("Has been withdrawn, sad or fearful for weeks"), 2),
        Indicator("bullying", _("Is bullied, or bullies others"), 2),
        Indicator("screens", _("Online or gaming far into the night, day after day"), 1),
    ),
)
_TRIGGERS = (
    Trigger("abused_now", _("Is being abused, trafficked or put to illegal work")),
    Trigger("on_the_street", _("Has run away or lives on the street, or is made to beg")),
    Trigger("nobody_left", _("A disaster has struck the family and nobody is left to care")),
    Trigger("life_in_danger", _("Anything else that endangers life or limb, self-harm among it")),
)

TABLES = (
    RiskTable(
        version="2026-1",
        valid_from=date(2026, 1, 1),
        source=_("Working table of the district; there is no national scale"),
        groups=(_GUARDIANSHIP, _BODY, _BEHAVIOUR),
        triggers=_TRIGGERS,
        medium_from=3,
        high_from=7,
    ),
)
