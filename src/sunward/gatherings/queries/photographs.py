"""Who may be photographed at a gathering: nobody, but a child whose guardian has said so.

To come to gatherings is one consent and to be photographed there another (Personal Information Protection Law, art. 14:
a new purpose is asked for anew). It is asked for at each look: a withdrawal is heard at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sunward.core.wording import join_words
from sunward.gatherings.admission import valid_consents
from sunward.gatherings.ages import CHILD_AUDIENCES, is_child
from sunward.gatherings.declaration import gathering_kinds
from sunward.gatherings.models import Gathering, SignUp
from sunward.people.enums import Purpose

Text = str | Promise
RULE = _("Only children marked “may be photographed”: their guardians agreed. No other child, and none of it online.")


@dataclass(frozen=True, slots=True)
class Photographs:
    """The whole list in a line, for whoever has the camera in her hand. `is_free`: all of them may be."""

    sentence: Text
    is_free: bool


def mark_children(gathering: Gathering, rows: Iterable[SignUp]) -> Mapping[int, bool]:
    """For each child among these sign-ups (with `person`), by their key, whether it may be photographed. One query.

    A guest has nobody who could have agreed. Where hosts may not know who has a child's file, they do not learn it
    from a consent either: there nobody may be.
    """
    children = [row for row in rows if is_child(row, gathering)]
    keys = {row.person_id for row in children if row.person_id}
    kind = gathering_kinds().get(gathering.kind)
    agreed: set[int] = set()
    if keys and gathering.ends_on is not None and kind is not None and kind.hosts_see_children:
        held = valid_consents(on=gathering.ends_on, purpose=Purpose.PHOTOGRAPHS).filter(person_id__in=keys)
        agreed = set(held.values_list("person_id", flat=True))
    return {row.pk: row.person_id in agreed for row in children}


def sum_up(marks: Mapping[int, bool], names: Mapping[int, str]) -> Photographs | None:
    """Of those who come. None where no child does. Whoever may be is named: of them there are few."""
    if not marks:
        return None
    agreed = [names[key] for key, may_be in marks.items() if may_be]
    if not agreed:
        return Photographs(_("Photograph no child here: no guardian has agreed."), is_free=False)
    others = len(marks) - len(agreed)
    if not others:
        return Photographs(_("All children here may be photographed."), is_free=True)
    sentence = ngettext(
        "%(count)d child is not photographed: see the mark beside the name. Only these may be: %(names)s.",
        "%(count)d children are not photographed: see the mark beside the name. Only these may be: %(names)s.",
        others,
    )
    return Photographs(sentence % {"count": others, "names": join_words(agreed)}, is_free=False)


def asks_for_photographs(gathering: Gathering) -> bool:
    """Whether the rule is told on its page: where children come, by its kind or by whom it is for."""
    kind = gathering_kinds().get(gathering.kind)
    return gathering.audience in CHILD_AUDIENCES or (kind is not None and kind.needs_consent)
