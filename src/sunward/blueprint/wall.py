"""What the wall of the leadership shows of Blueprint: how many lines of the district's plans have which light today."""

from collections import Counter
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.models import Unit
from sunward.blueprint.access import kept_paths, read_paths, visible_work
from sunward.blueprint.enums import LightColour
from sunward.blueprint.queries.lights import TONES, read_lights
from sunward.figures.walling import WallCount, WallPart

# What has to be looked at first.
ORDER = (LightColour.RED, LightColour.AMBER, LightColour.CAUGHT_UP, LightColour.GREEN, LightColour.GREY)


def read_wall_part(actor: Actor, unit: Unit, *, on: date) -> WallPart | None:
    """Of a district whose plans the actor reads as a whole: half of them would count something else."""
    if unit.path not in (*kept_paths(actor), *read_paths(actor)):
        return None
    lines = visible_work(actor).filter(plan__unit_path=unit.path)
    found = Counter(line.colour for line in read_lights(actor, lines, on=on).values())
    counts = tuple(WallCount(colour.label, TONES[colour], found[colour]) for colour in ORDER if found[colour])
    return WallPart(_("Lines of work today"), reverse("blueprint:plans"), counts) if counts else None
