"""A worry is written down: by somebody on duty who is signed in, or by a school's reporting link."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.models import Unit
from sunward.core.refusals import Conflict, Refusal
from sunward.core.sealing import blind_index
from sunward.people.phones import read_phone
from sunward.people.registering import phone_index
from sunward.safeguarding.access.worries import who_answers, worry_subject
from sunward.safeguarding.actions.hints import find_hints
from sunward.safeguarding.actions.links import link_not_there
from sunward.safeguarding.actions.worry_clock import start_worry_clock
from sunward.safeguarding.enums import WorryStepKind
from sunward.safeguarding.hinting import read_name
from sunward.safeguarding.models import ReportingLink, Worry, WorryStep
from sunward.safeguarding.notices import Notice, NoticeKind, notices
from sunward.safeguarding.queries.units import reportable_units
from sunward.safeguarding.reporting import record_safeguarding_act
from sunward.safeguarding.rules import AT_ONCE, MOST_AT_ONCE


@dataclass(frozen=True, slots=True)
class WorryDetails:
    """What was seen. `signs` are codes of `WorrySign`; the rest may be unknown."""

    signs: tuple[str, ...]
    seen_on: date
    child_name: str = ""
    child_age: int | None = None
    child_phone: str = ""
    whereabouts: str = ""
    words: str = ""
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class _Reporter:
    """Who says it: a user, or somebody with a link who may leave name and telephone."""

    user_id: int | None = None
    link: ReportingLink | None = None
    name: str = ""
    phone: str = ""


@transaction.atomic
def report_worry(
    *, actor: Actor, worry_id: UUID, unit_id: int, details: WorryDetails, on: date, now: datetime
) -> Worry:
    """Write it down and tell who answers for the unit. `worry_id` is made by the form: sent twice, it is one worry."""
    unit = reportable_units(actor.unit_path).filter(pk=unit_id).first()
    if unit is None:
        raise _unit_unknown()
    return _report(_Reporter(user_id=actor.user_id), worry_id, unit, details, actor=actor, on=on, now=now)


def report_by_link(
    *, link: ReportingLink, worry_id: UUID, unit_id: int, name: str, phone: str, details: WorryDetails, on: date,
    now: datetime,
) -> Worry:  # fmt: skip
    """The same without an account: the link has been asked for already (`actions.links.find_link`)."""
    with transaction.atomic():
        held = ReportingLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
        if held.revoked_at is not None:
            raise link_not_there()
        unit = reportable_units(held.unit_path).filter(pk=unit_id).first()
        if unit is None:
            raise _unit_unknown()
        if not Worry.objects.filter(uid=worry_id).exists():
            _refuse_flood(held, now=now)
        held.last_used_at = now
        held.save(update_fields=["last_used_at"])
        reporter = _Reporter(link=held, name=name.strip(), phone=read_phone(phone) or phone.strip())
        actor = Actor(user_id=0, name="", on=on)
        return _report(reporter, worry_id, unit, details, actor=actor, on=on, now=now)


def _report(
    reporter: _Reporter, worry_id: UUID, unit: Unit, details: WorryDetails, *, actor: Actor, on: date, now: datetime
) -> Worry:
    known = Worry.objects.filter(uid=worry_id).first()
    if known is None:
        try:
            with transaction.atomic():
                worry = _write(reporter, worry_id, unit, details, now=now)
        except IntegrityError:
            # The same form, sent twice at one moment: the other was faster.
            known = Worry.objects.filter(uid=worry_id).first()
            if known is None:
                raise
    if known is not None:
        if (known.reporter_id, known.link_id) != (reporter.user_id, reporter.link.pk if reporter.link else None):
            raise _form_too_old()
        return known
    WorryStep.objects.create(worry=worry, kind=WorryStepKind.REPORTED, at=now, by_id=reporter.user_id, unit=unit)
    record_worry_act(worry, actor=actor, code="safeguarding.worry_reported", on=on, now=now, is_secret=True)
    tell_who_answers(worry, occasion="new", actor=actor, on=on, now=now)
    find_hints(worry, on=on, now=now)
    return worry


def _write(reporter: _Reporter, worry_id: UUID, unit: Unit, details: WorryDetails, *, now: datetime) -> Worry:
    name, phone = read_name(details.child_name), read_phone(details.child_phone) or ""
    worry = Worry(
        uid=worry_id, unit=unit, unit_path=unit.path, reporter_id=reporter.user_id, link=reporter.link,
        reporter_name=reporter.name, reporter_phone=reporter.phone, child_name=details.child_name.strip(),
        name_index=name_index(name), child_age="" if details.child_age is None else str(details.child_age),
        child_phone=phone or details.child_phone.strip(), phone_index=phone_index(phone),
        whereabouts=details.whereabouts.strip(), signs=list(details.signs), words=details.words.strip(),
        is_urgent=details.is_urgent, seen_on=details.seen_on, reported_at=now,
    )  # fmt: skip
    start_worry_clock(worry, now=now)
    worry.save(force_insert=True)
    return worry


def name_index(name: str) -> str:
    return blind_index(name, purpose="safeguarding.child_name") if name else ""


def tell_who_answers(worry: Worry, *, occasion: str, actor: Actor, on: date, now: datetime) -> None:
    """Whoever looks into it hears of it at once; nobody hears of what she wrote herself."""
    for user in who_answers(worry.unit_path, on=on):
        if user.pk == actor.user_id:
            continue
        notice = Notice(
            key=f"worry:{worry.pk}:{occasion}:{user.pk}", kind=NoticeKind.WORRY, reference=worry.reference,
            user_id=user.pk, unit_path=worry.unit_path, path=reverse("safeguarding:worry", args=[worry.uid]),
            is_urgent=worry.is_urgent,
        )  # fmt: skip
        notices.send(sender=Worry, notice=notice, now=now)


def record_worry_act(
    worry: Worry, *, actor: Actor, code: str, on: date, now: datetime, is_secret: bool = False
) -> None:
    record_safeguarding_act(
        subject=worry_subject(worry), unit_id=worry.unit_id, unit_path=worry.unit_path, actor=actor, code=code, on=on,
        now=now, is_secret=is_secret, is_urgent=worry.is_urgent,
    )  # fmt: skip


def _refuse_flood(link: ReportingLink, *, now: datetime) -> None:
    lately = Worry.objects.filter(link=link, reported_at__gt=now - AT_ONCE)
    if lately.count() >= MOST_AT_ONCE:
        raise Conflict(
            "safeguarding.too_many_at_once",
            _("Very many reports came through this link just now. In danger call 110; else try again in ten minutes."),
        )


def _unit_unknown() -> Refusal:
    return Refusal("safeguarding.unit_unknown", _("Choose where the child lives from the list."))


def _form_too_old() -> Refusal:
    return Refusal("safeguarding.form_too_old", _("This page was open too long. Load it again, then repeat the step."))
