"""From sections to the texts that one group reads, the same texts for the same facts, and a fingerprint of them."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from sunward.outreach.channels.outlets import OUTLETS
from sunward.outreach.digests import DigestLine, DigestRequest, digest_sections
from sunward.outreach.enums import ChannelKind, Format
from sunward.outreach.models import Digest, Group
from sunward.outreach.splitting import split_text

# Groups read Chinese, whoever composes.
GROUP_LANGUAGE = "zh-hans"
DIGEST_FORMAT = Format.TEXT

LeftOut = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Composed:
    """One digest: its sections with their lines, the whole text, and the parts exactly as they go out."""

    sections: tuple[tuple[str, str, tuple[DigestLine, ...]], ...]
    text: str
    parts: tuple[str, ...]
    fingerprint: str
    # The sentences in it that are the house's own.
    ours: tuple[str, ...]

    @property
    def lines(self) -> tuple[DigestLine, ...]:
        return tuple(line for _code, _title, lines in self.sections for line in lines)

    def as_json(self) -> list[dict[str, Any]]:
        return [
            {"code": code, "title": title, "lines": [asdict(line) for line in lines]}
            for code, title, lines in self.sections
        ]


def compose(group: Group, *, intro: str, left_out: frozenset[LeftOut], on: date) -> Composed:
    """Read what the group's topics have to tell on this day; a group without topics hears of everything. What somebody
    has left out stays out."""
    request = DigestRequest(group.unit_id, group.unit_path, on)
    known = digest_sections()
    with override(GROUP_LANGUAGE):
        sections = []
        for code in group.topics or known:
            if code not in known:
                continue
            lines = tuple(line for line in known[code].read(request) if (line.kind, line.id) not in left_out)
            if lines:
                sections.append((code, str(known[code].title), lines))
        text = _write(group, intro, sections, on)
        ours = _own_words(title for _code, title, _lines in sections)
    parts = tuple(split_text(text, most_bytes=most_bytes(group)))
    return Composed(tuple(sections), text, parts, _fingerprint(group, parts, sections), ours)


def most_bytes(group: Group) -> int:
    """How much one part may hold; a group without a robot is composed as for WeCom, which takes least."""
    kind = group.channel.kind if group.channel else ChannelKind.WECOM
    return OUTLETS[kind].most_bytes(DIGEST_FORMAT)


def left_out_of(digest: Digest) -> frozenset[LeftOut]:
    return frozenset((str(kind), int(number)) for kind, number in digest.left_out)


def _write(group: Group, intro: str, sections: list[tuple[str, str, tuple[DigestLine, ...]]], on: date) -> str:
    day = pgettext("digest", "%(month)d/%(day)d") % {"month": on.month, "day": on.day}
    blocks = [f"【{group.name}】{day}"]
    if intro.strip():
        blocks.append(intro.strip())
    for _code, title, lines in sections:
        entries = [f"{number}. {line.text}" for number, line in enumerate(lines, start=1)]
        blocks.append("\n".join([f"◆ {title}", *entries]))
    if sections:
        blocks.append(_closing())
    return "\n\n".join(blocks)


def own_words(digest: Digest) -> tuple[str, ...]:
    """The sentences of a composed digest that are the house's own: nobody's name is looked for in them."""
    with override(GROUP_LANGUAGE):
        return _own_words(section["title"] for section in digest.sections)


def _own_words(titles: Iterable[str]) -> tuple[str, ...]:
    return (_closing(), *titles)


def _closing() -> str:
    return _("Questions? Your neighbourhood's staff are glad to help.")


def _fingerprint(group: Group, parts: tuple[str, ...], sections: list[tuple[str, str, tuple[DigestLine, ...]]]) -> str:
    """SHA-256 over the group, its way out, every byte, and every record behind it."""
    sources = [[code, line.kind, line.id] for code, _title, lines in sections for line in lines]
    said = json.dumps([str(group.uid), group.channel_id, parts, sources], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()
