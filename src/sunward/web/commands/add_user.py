"""The first administrator has nobody to make an account for him: this is done from the terminal."""

import sys
from argparse import ArgumentParser, FileType, Namespace
from datetime import date, datetime
from getpass import getpass

from sunward.web.commands import Command


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("username")
    parser.add_argument("--name", required=True, help="the person's name as others read it")
    parser.add_argument("--role", required=True, help="e.g. administrator, district_officer, supervisor, worker")
    parser.add_argument("--unit", required=True, help="the unit's code, e.g. 310110 or 310110012")
    parser.add_argument("--password-file", type=FileType(), help="read the password from a file (- for standard input)")


def run(arguments: Namespace) -> int:
    from sunward.core import clock

    password = _read_password(arguments)
    _add_user(arguments, password=password, now=clock.now(), on=clock.today())
    sys.stdout.write(f"{arguments.username}: {arguments.role}, {arguments.unit}\n")
    return 0


def _read_password(arguments: Namespace) -> str:
    if arguments.password_file:
        return str(arguments.password_file.readline().rstrip("\n"))
    first = getpass("Password (at least 12 characters): ")
    if getpass("Once more: ") != first:
        raise SystemExit("The two differ.")
    return first


def _add_user(arguments: Namespace, *, password: str, now: datetime, on: date) -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.db import transaction
    from django.utils.translation import gettext as _

    from sunward.accounts.auditing import SYSTEM, record_act
    from sunward.accounts.enums import Role
    from sunward.accounts.models import Assignment, Unit, User
    from sunward.audit.chain import Subject
    from sunward.core.refusals import Refusal

    if arguments.role not in Role.values:
        raise Refusal("accounts.unknown_role", _("The role must be one of: %s.") % ", ".join(Role.values))
    unit = Unit.objects.filter(code=arguments.unit).first()
    if unit is None:
        raise Refusal("accounts.unknown_unit", _("There is no unit with this code. Run sunward load-district first."))
    if User.objects.filter(username=arguments.username).exists():
        raise Refusal("accounts.username_taken", _("There is a user with this name already."))
    user = User(username=arguments.username, name=arguments.name)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refusal("accounts.weak_password", " ".join(error.messages)) from error
    with transaction.atomic():
        user.set_password(password)
        user.save()
        Assignment.objects.create(user=user, role=arguments.role, unit=unit, from_on=on)
        subject = Subject("user", user.pk)
        record_act(actor=SYSTEM, code="accounts.user_added", now=now, subject=subject, unit_path=unit.path)


COMMAND = Command("add-user", "make an account with one post; asks for the password", run, add_arguments)
