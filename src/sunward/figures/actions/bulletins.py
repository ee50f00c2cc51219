"""A bulletin: written, changed, published by a second officer, corrected by an erratum. What is published stays."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.accounts.enums import Role
from sunward.accounts.models import Unit
from sunward.audit.chain import Subject
from sunward.core.refusals import Conflict, NotAllowed, Refusal
from sunward.figures.access import bulletin_not_there, get_kept_bulletin, issuing_units
from sunward.figures.bulletins.document import digest_of
from sunward.figures.bulletins.text import without_references
from sunward.figures.declared import readers, title_of
from sunward.figures.enums import BulletinState
from sunward.figures.models import Bulletin, PublishedBulletin, PublishedFigure
from sunward.figures.queries.bulletin_making import Made, make, read_text
from sunward.people.screening import Finding, FindingKind, blank_out, screen
from sunward.people.screening.clearing import StillNames
from sunward.people.screening.screen import INSTEAD

MOVED_ON = "figures.bulletin_moved_on"
# Institutions, schools and streets are what bulletins are about; persons are not.
_OF_PERSONS = (FindingKind.NAME, FindingKind.PHONE, FindingKind.ID_NUMBER, FindingKind.ACCOUNT, FindingKind.BIRTHDAY)


@dataclass(frozen=True, slots=True)
class Written:
    """What an officer writes. Of the words that look like a name `kept` name nobody; neutral ones replace `changed`."""

    name: str
    issue: int
    issue_total: int
    title: str
    until_on: date
    body: str
    report_to: str = ""
    send_to: str = ""
    language: str = "zh-hans"
    kept: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()


@transaction.atomic
def write_bulletin(
    *, actor: Actor, key: UUID, programme: str, unit_id: int, written: Written, now: datetime
) -> Bulletin:
    """The same key twice is one bulletin; with other words it is not taken for the first."""
    unit = _issuing_unit(actor, programme, unit_id)
    saved = Bulletin.objects.filter(uid=key).first()
    if saved is not None:
        return _same(saved, actor, written)
    bulletin = Bulletin(
        uid=key, programme=programme, unit=unit, unit_path=unit.path, written_at=now, written_by_ids=[actor.user_id]
    )
    _fill(bulletin, written)
    bulletin.save()
    _record(bulletin, "written", actor=actor, now=now)
    return bulletin


@transaction.atomic
def change_bulletin(*, actor: Actor, bulletin_id: UUID, version: int, written: Written, now: datetime) -> Bulletin:
    """Until it is published. Whoever changes it has written it, and does not publish it."""
    bulletin = get_kept_bulletin(actor=actor, bulletin_id=bulletin_id, is_locked=True)
    _refuse_moved(bulletin, version)
    if bulletin.corrects is not None:
        written = replace(written, until_on=bulletin.until_on)
    _fill(bulletin, written)
    if actor.user_id not in bulletin.written_by_ids:
        bulletin.written_by_ids = [*bulletin.written_by_ids, actor.user_id]
    bulletin.written_at = now
    bulletin.version += 1
    bulletin.save()
    _record(bulletin, "changed", actor=actor, now=now)
    return bulletin


@transaction.atomic
def publish_bulletin(
    *, actor: Actor, bulletin_id: UUID, version: int, on: date, now: datetime
) -> PublishedBulletin:  # fmt: skip
    """By an officer who wrote none of it and has read this very version.

    What is published in a district is weighed against all that was before: one at a time. Pressed twice, it is one.
    """
    seen = get_kept_bulletin(actor=actor, bulletin_id=bulletin_id)
    _lock_district(seen)
    bulletin = get_kept_bulletin(actor=actor, bulletin_id=bulletin_id, is_locked=True)
    if bulletin.is_published:
        return bulletin.published
    _refuse_moved(bulletin, version)
    if actor.user_id in bulletin.written_by_ids:
        raise NotAllowed("figures.bulletin_own", _("You wrote some of it. A second officer reads and publishes it."))
    if bulletin.until_on > on:
        raise Refusal("figures.bulletin_early", _("Its last day has not come. Publish it then, or change the day."))
    made = make(bulletin, known_until=now, published_on=on)
    published = PublishedBulletin.objects.create(
        bulletin=bulletin, known_until=now, published_on=on, published_by_id=actor.user_id,
        pins=made.pins.to_json(), document=made.document.to_json(), digest=digest_of(made.document),
        given_away=made.decided.given_away,
    )  # fmt: skip
    PublishedFigure.objects.bulk_create(_rows(published, made))
    bulletin.state, bulletin.version = BulletinState.PUBLISHED, bulletin.version + 1
    bulletin.save(update_fields=["state", "version"])
    _record(bulletin, "published", actor=actor, now=now)
    return published


@transaction.atomic
def begin_erratum(*, actor: Actor, bulletin_id: UUID, key: UUID, reason: str, now: datetime) -> Bulletin:
    """A new draft that says why; which numbers have changed is found out, never typed. An erratum has none itself."""
    corrected = get_kept_bulletin(actor=actor, bulletin_id=bulletin_id, is_locked=True)
    if not corrected.is_published or corrected.corrects_id is not None:
        raise Refusal("figures.erratum_of_nothing", _("An erratum corrects a bulletin that was published."))
    if saved := Bulletin.objects.filter(uid=key, corrects=corrected).first():
        return saved
    if not reason.strip():
        raise Refusal("figures.erratum_reason", _("Say in a sentence what was wrong and why."))
    bulletin = Bulletin(
        uid=key, programme=corrected.programme, unit=corrected.unit, unit_path=corrected.unit_path,
        corrects=corrected, written_at=now, written_by_ids=[actor.user_id], language=corrected.language,
    )  # fmt: skip
    written = Written(
        name=corrected.name, issue=corrected.issue, issue_total=corrected.issue_total,
        title=_erratum_title(corrected), until_on=corrected.until_on, body=reason, report_to=corrected.report_to,
        send_to=corrected.send_to, language=corrected.language, kept=frozenset(corrected.kept),
    )  # fmt: skip
    _fill(bulletin, written)
    bulletin.save()
    _record(bulletin, "erratum_begun", actor=actor, now=now)
    return bulletin


def _erratum_title(corrected: Bulletin) -> str:
    with translation.override(corrected.language):
        return (gettext("Erratum: %(title)s") % {"title": corrected.title})[:60]


def _issuing_unit(actor: Actor, programme: str, unit_id: int) -> Unit:
    roles: tuple[Role, ...] = readers().get(programme, ())
    unit = issuing_units(actor).filter(pk=unit_id).first()
    if unit is None or not any(unit.path.startswith(path) for path in actor.paths(*roles)):
        raise bulletin_not_there()
    return unit


def _same(saved: Bulletin, actor: Actor, written: Written) -> Bulletin:
    get_kept_bulletin(actor=actor, bulletin_id=saved.uid)
    if (saved.title, saved.body) != (written.title, written.body):
        raise Conflict(MOVED_ON, _("This bulletin is written down already, with other words. Load the page again."))
    return saved


def _lock_district(bulletin: Bulletin) -> None:
    district = f"/{bulletin.unit_path.strip('/').split('/')[0]}/"
    list(Unit.objects.select_for_update().filter(path=district))


def _fill(bulletin: Bulletin, written: Written) -> None:
    text = f"{' '.join(written.title.split())}\n{written.body.rstrip()}"
    text = blank_out(text, [one for one in _persons_in(text) if one.text in written.changed])
    bulletin.name = " ".join(written.name.split())
    bulletin.title, bulletin.body = text.split("\n", 1)
    bulletin.issue, bulletin.issue_total, bulletin.until_on = written.issue, written.issue_total, written.until_on
    bulletin.report_to, bulletin.send_to = written.report_to.strip(), written.send_to.strip()
    bulletin.language = written.language
    if found := _persons_in("\n".join((bulletin.name, bulletin.report_to, bulletin.send_to))):
        raise Refusal(
            "figures.bulletin_goes_to_offices",
            _("A bulletin is named after its office and goes to offices; no person stands there: %(words)s")
            % {"words": found[0].text},
        )
    read_text(bulletin)
    bulletin.kept = sorted(_keep(bulletin, written.kept))


def _keep(bulletin: Bulletin, kept: frozenset[str]) -> frozenset[str]:
    """A bulletin shows no person. What looks like one is asked about; a telephone or a number of papers never stays."""
    text = f"{bulletin.title}\n{bulletin.body}"
    found = _persons_in(text)
    asked = tuple(one for one in found if one.is_own_number or one.text not in kept)
    if asked:
        raise StillNames(text, asked)
    return frozenset(one.text for one in found)


def _persons_in(text: str) -> tuple[Finding, ...]:
    """Without the references, whose codes look like numbers, and the neutral words, which name nobody.

    Among them are the programmes' own names in English: two words with capitals look like somebody.
    """
    plain = without_references(text)
    with translation.override("en"):
        own = [str(title_of(one.rsplit(".", 1)[-1])) for one in settings.SUNWARD_PROGRAMMES]
    for neutral in (*INSTEAD.values(), *own):
        plain = plain.replace(neutral, "，" * len(neutral))
    return tuple(one for one in screen(plain) if one.kind in _OF_PERSONS)


def _refuse_moved(bulletin: Bulletin, version: int) -> None:
    if bulletin.is_published:
        raise Conflict(MOVED_ON, _("This bulletin is published, and stays as it is. Correct it by an erratum."))
    if bulletin.version != version:
        raise Conflict(MOVED_ON, _("This bulletin has changed meanwhile. Load the page again."))


def _rows(published: PublishedBulletin, made: Made) -> list[PublishedFigure]:
    rows = []
    for order, place in enumerate(made.places):
        number, withheld = made.told.numbers[place], made.decided.withheld.get(place)
        rows.append(
            PublishedFigure(
                bulletin=published, order=order, code=place.code,
                definition=made.pins.definitions[place.code].version, unit_code=place.unit,
                unit_path=made.pins.units[place.unit].path, first=place.span.first, last=place.span.last,
                value=number.value, base=number.base, part=number.part, whole=number.whole,
                said=made.said[place], is_told=withheld is None,
                reason=withheld.reason if withheld else "", reason_day=withheld.day if withheld else None,
            )
        )  # fmt: skip
    return rows


def _record(bulletin: Bulletin, step: str, *, actor: Actor, now: datetime) -> None:
    record_act(
        actor=actor, code=f"figures.bulletin_{step}", now=now, subject=Subject("bulletin", bulletin.pk),
        unit_path=bulletin.unit_path,
    )  # fmt: skip
