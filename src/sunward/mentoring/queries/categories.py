"""The category of a child as the file shows it: the rules of the day foremost, the older ones beneath."""

from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sunward.core.furniture import Fact
from sunward.core.wording import join_words
from sunward.mentoring.categories import RULES, Categorisation, categorise_by, rules_on
from sunward.mentoring.models import ChildProfile


def category_facts(profile: ChildProfile, *, on: date) -> tuple[Fact, ...]:
    """No query. The newest rules first."""
    current = rules_on(on)
    older = [rules for rules in reversed(RULES) if rules.valid_from < current.valid_from]
    return tuple(_fact(categorise_by(rules, profile)) for rules in (current, *older))


def _fact(found: Categorisation) -> Fact:
    notes = [found.rules.source]
    if found.is_special:
        notes.insert(0, gettext("special-support child"))
    label = _("Category under the rules of %(year)s") % {"year": found.rules.version}
    return Fact(label, _words(found), note=join_words(notes))


def _words(found: Categorisation) -> str:
    words = [str(category.words) for category in found.categories]
    words += [gettext("perhaps: %(category)s") % {"category": category.words} for category in found.perhaps]
    if words:
        return join_words(words)
    return gettext("none of them") if found.is_known else gettext("not known yet")
