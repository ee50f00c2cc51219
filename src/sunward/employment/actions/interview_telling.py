"""What a jobseeker hears of a time at a booth that somebody else has taken or lost for them; each once."""

from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from sunward.accounts.access import Actor
from sunward.employment.access.own_page import standing_links
from sunward.employment.actions.jobseeker_links import link_for_message
from sunward.employment.models import Interview, JobseekerLink
from sunward.employment.own_pass import token_of
from sunward.outreach.actions import write_personal
from sunward.outreach.enums import MessagePurpose

ABOUT = "employment.interview"


def tell_of_interview(row: Interview, *, actor: Actor, on: date, now: datetime) -> None:
    """The office has taken it: when, with whom, where. The file is locked by the caller."""
    booth = row.slot.booth
    with override(settings.LANGUAGE_CODE):
        lines = [
            _("You have a time for an interview at %(fair)s.") % {"fair": booth.gathering.title},
            _("When: %(when)s") % {"when": date_format(localtime(row.slot.starts_at), "Y-m-d l H:i")},
            _("With whom: %(employer)s") % {"employer": booth.employer.name},
            _("What about: %(topic)s") % {"topic": row.vacancy.title},
        ]
        if where := " ".join(filter(None, (booth.gathering.place, booth.place))):
            lines.append(_("Where: %(place)s") % {"place": where})
    _write(row, "taken", lines, link_for_message(row.case, actor=actor, on=on, now=now), actor=actor, now=now)


def tell_of_loss(row: Interview, *, actor: Actor, now: datetime) -> None:
    """The employer does not come after all. No link is made for this: other files are not locked here."""
    booth = row.slot.booth
    with override(settings.LANGUAGE_CODE):
        said = _("%(employer)s does not come to %(fair)s after all. You can choose a time with another employer.")
        lines = [said % {"employer": booth.employer.name, "fair": booth.gathering.title}]
    link = standing_links(on=localdate(now)).filter(case=row.case).first()
    _write(row, "lost", lines, link, actor=actor, now=now)


def _write(
    row: Interview, what: str, lines: list[str], link: JobseekerLink | None, *, actor: Actor, now: datetime
) -> None:
    write_personal(
        key=f"{ABOUT}:{row.pk}:{what}", purpose=MessagePurpose.GATHERING, reference=row.slot.booth.gathering.reference,
        body="\n".join(lines), unit_path=row.case.unit_path, now=now, person_id=row.case.person_id, about=ABOUT,
        about_id=row.pk, actor=actor, path=reverse("own_fairs", args=[token_of(link)]) if link is not None else "",
    )  # fmt: skip
