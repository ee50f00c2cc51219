"""What is typed about a channel: its own words for each kind, since each program calls its keys differently."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.core.furniture import Text
from sunward.outreach.actions.channels import CONFIGURED_KINDS
from sunward.outreach.channels.outlets import OUTLETS
from sunward.outreach.enums import ChannelKind

MOST_PER_MINUTE = 6000
# Nothing of a key comes back from the server, and no browser keeps one.
_KEY = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}


@dataclass(frozen=True, slots=True)
class KindGuide:
    """How one kind of channel is explained to somebody who has never set up a robot."""

    code: ChannelKind
    icon: str
    what: Text
    address_label: Text
    address_help: Text
    steps: tuple[Text, ...]
    secret_label: Text = ""
    secret_help: Text = ""

    @property
    def label(self) -> Text:
        return self.code.label


_SIGN_HELP = _("Only if you have chosen “signature” among the robot’s security settings.")
GUIDES: dict[str, KindGuide] = {
    ChannelKind.WECOM: KindGuide(
        ChannelKind.WECOM, "message-circle", _("A robot posts into one WeCom group."),
        _("Webhook address"), _("The whole address, or only what follows “key=”."),
        (
            _("Open the group on the computer, then the three dots at the top right."),
            _("Choose “group robot”, add one, and name it, for example “Sunward”."),
            _("Copy the webhook address that WeCom shows, and paste it here."),
            _("Whoever has this address can write into the group: send it to nobody."),
        ),
    ),
    ChannelKind.DINGTALK: KindGuide(
        ChannelKind.DINGTALK, "message-circle", _("A robot posts into one DingTalk group."),
        _("Webhook address"), _("The whole address, or only what follows “access_token=”."),
        (
            _("In the group’s settings open “robots” and add a custom robot."),
            _("Among the security settings choose “signature” and copy the secret."),
            _("Copy the webhook address as well; paste both here."),
            _("Whoever has this address can write into the group: send it to nobody."),
        ),
        _("Signing secret"), _SIGN_HELP,
    ),
    ChannelKind.FEISHU: KindGuide(
        ChannelKind.FEISHU, "message-circle", _("A robot posts into one Feishu group."),
        _("Webhook address"), _("The whole address, or only what follows “hook/”."),
        (
            _("In the group’s settings open “group robots” and add a custom robot."),
            _("Among the security settings choose “signature check” and copy the secret."),
            _("Copy the webhook address as well; paste both here."),
            _("Whoever has this address can write into the group: send it to nobody."),
        ),
        _("Signing secret"), _SIGN_HELP,
    ),
    ChannelKind.SMS: KindGuide(
        ChannelKind.SMS, "device-mobile", _("Text messages to one person: a number and a link, never the words."),
        _("Token of the gateway"), _("What the gateway’s operator has given you for this unit."),
        (
            _("Ask whoever runs the district’s text message gateway for a token and a template."),
            _("The template may hold two things only: the file number and the link."),
            _("The address of the gateway itself is set once for the whole house, not here."),
        ),
    ),
    ChannelKind.EMAIL: KindGuide(
        ChannelKind.EMAIL, "mail", _("E-mail to one person: a number and a link, never the words."),
        _("Mail server"), _("For example smtps://account:password@mail.example.cn:465"),
        (
            _("Use a mailbox of the unit, not of a person."),
            _("Many mail servers want a password of their own for programs: make one there."),
            _("Write server, account and password as one line; special signs of the password as %-codes."),
        ),
    ),
}  # fmt: skip


def guides() -> list[KindGuide]:
    return [GUIDES[kind] for kind in CONFIGURED_KINDS]


class ChannelForm(forms.Form):
    """One channel. While changing, an empty key leaves the stored one as it is."""

    unit = forms.TypedChoiceField(
        label=_("Unit"), coerce=int, help_text=_("Every unit below it may use this channel too.")
    )
    name = forms.CharField(
        label=_("Name of the channel"),
        max_length=60,
        help_text=_("As you call it, for example: Kongjiang jobs group robot"),
    )
    address = forms.CharField(max_length=500, widget=forms.TextInput(attrs=_KEY))
    secret = forms.CharField(max_length=200, required=False, widget=forms.TextInput(attrs=_KEY))
    sender = forms.EmailField(label=_("Sender"), max_length=120, help_text=_("The address that readers see."))
    template = forms.CharField(label=_("Template"), max_length=60, help_text=_("Its number at the gateway."))
    per_minute = forms.IntegerField(
        label=_("At most a minute"), min_value=1, max_value=MOST_PER_MINUTE, initial=20,
        help_text=_("Group robots are shut out for some minutes beyond 20."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, kind: ChannelKind, units: Sequence[tuple[str, str]], is_new: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, guide = kind, GUIDES[kind]
        unwanted = {
            "unit": not is_new,
            "secret": not guide.secret_label,
            "sender": kind != ChannelKind.EMAIL,
            "template": kind != ChannelKind.SMS,
        }
        for name, is_unwanted in unwanted.items():
            if is_unwanted:
                del self.fields[name]
        if is_new:
            self.fields["unit"].choices = units  # type: ignore[attr-defined]
        address = self.fields["address"]
        address.label, address.help_text = str(guide.address_label), str(guide.address_help)
        if "secret" in self.fields:
            secret = self.fields["secret"]
            secret.label, secret.help_text = str(guide.secret_label), str(guide.secret_help)
        if not is_new:
            address.required = False
            address.help_text = _("A key is stored. Leave this empty to keep it, or paste a new one in its place.")

    @property
    def details(self) -> dict[str, Any]:
        """Everything but the unit and the keys."""
        names = ("name", "sender", "template", "per_minute")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}

    def clean_address(self) -> str:
        """What no such program can have shown is said beside the field, before anything is stored."""
        typed: str = self.cleaned_data["address"].strip()
        if typed and not OUTLETS[self.kind].read_address(typed):
            raise forms.ValidationError(
                _("This does not look like such an address. Paste it exactly as the chat program or gateway shows it.")
            )
        return typed

    @property
    def keys(self) -> dict[str, str]:
        return {"address": self.cleaned_data["address"], "secret": self.cleaned_data.get("secret", "")}
