"""Nothing that names a person enters a group message: the text itself is searched, whoever wrote it.

A name is found by looking every run of two to six Chinese characters up among the persons we know. Some words are
somebody's name as well; such a word stops the message, and whoever writes it says it in other words. Better a word
changed in vain than one child named.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit
from sunward.core.refusals import Refusal
from sunward.core.wording import join_words, say_value
from sunward.people.models import Person
from sunward.people.phones import read_phone
from sunward.people.registering import id_indexes, phone_indexes


class FindingKind(TextChoices):
    NAME = "name", _("a name")
    ID_NUMBER = "id_number", _("a document number")
    PHONE = "phone", _("a telephone number")
    ADDRESS = "address", _("a home address")
    COMMITTEE = "committee", _("a neighbourhood committee")


@dataclass(frozen=True, slots=True)
class Finding:
    """What may not stand in the text, as it stands there."""

    kind: FindingKind
    text: str


_SHORTEST, _LONGEST = 2, 6
# SQLite takes 32,766 values in a statement; a few hundred are as fast.
_AT_ONCE = 900
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
_HAN_RUN = re.compile(f"[{_HAN}]+")
# 阿依古丽·买买提: the dot has several code points.
_DOTS = re.compile("[•・‧∙⋅･]")
_DOTTED = re.compile(f"[{_HAN}]+(?:·[{_HAN}]+)+")
_LONGEST_DOTTED = 24
_LATIN = re.compile(r"[A-Za-z][A-Za-z'-]+(?: [A-Za-z][A-Za-z'-]+)+")
_UNSEEN = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_BETWEEN_HAN = re.compile(f"(?<=[{_HAN}])[^\\S\\n]+(?=[{_HAN}])")
_DIGITS = re.compile(r"\+?\d(?:[ \t.-]?\d){6,18}(?:[ \t.-]?[Xx])?")
_DOCUMENT = re.compile(r"(?<![A-Za-z0-9])(?=[A-Za-z0-9]*\d{4})[A-Za-z0-9]{7,18}(?![A-Za-z0-9])")
_RESIDENT = re.compile(r"\d{17}[\dXx]|\d{15}")
_MOBILE = re.compile(r"(?<!\d)(?:\+?86)?1[3-9]\d{9}(?!\d)")
_NUMBER = r"(?:\d+|[〇零一二三四五六七八九十百千]+)"
# A door: a lane with its house, or a house with its room. A venue on a street (控江路1200号) is none.
_DOOR = re.compile(
    rf"{_NUMBER}\s*弄\s*{_NUMBER}\s*(?:支弄|号|幢|栋|座)|{_NUMBER}\s*(?:号|幢|栋|座|号楼|单元|门)\s*{_NUMBER}\s*室"
)


def refuse_persons(text: str, *, ours: Iterable[str] = ()) -> None:
    """Refuse a text that names a person, and say what was found, so that it can be said in other words."""
    found = look_for_persons(text, ours=ours)
    if found:
        said = join_words(f"“{finding.text}”" for finding in found[:5])
        raise Refusal(
            "outreach.names_a_person",
            say_value(_("A group message names no person, no number, no home and no committee. Change this"), said),
        )


def look_for_persons(text: str, *, ours: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Everything that names somebody, each once, in the order of the kinds. In `ours`, sentences that the house itself
    writes, and in the names of districts and sub-districts (长白新村街道) no name is looked for."""
    plain = _DOTS.sub("·", _UNSEEN.sub("", unicodedata.normalize("NFKC", text)))
    closed = _BETWEEN_HAN.sub("", plain)
    units = list(Unit.objects.values_list("kind", "name", "short_name"))
    apart = [*ours, *_public_names(units)]
    found = [
        *_numbers(plain),
        *(Finding(FindingKind.ADDRESS, match[0]) for match in _DOOR.finditer(closed)),
        *_committees(closed, units),
        *_names({*_words(_without(plain, apart)), *_words(_without(closed, apart))}),
    ]
    return tuple(dict.fromkeys(found))


def _public_names(units: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """The longest first. An everyday name of two signs (大桥) may be a person's as well: it is left in."""
    names = {said for kind, name, short in units if kind != UnitKind.COMMITTEE for said in (name, short)}
    return iter(sorted((name for name in names if len(name) > 2), key=len, reverse=True))


def _without(text: str, apart: Iterable[str]) -> str:
    """What stood on both sides of what is taken out does not come together."""
    for said in apart:
        text = text.replace(unicodedata.normalize("NFKC", said), "\n")
    return text


def _numbers(text: str) -> Iterator[Finding]:
    """Numbers of documents and of mobile telephones, known or not; any other number only if it is a person's."""
    loose = {match[0] for match in _DIGITS.finditer(text)} | {match[0] for match in _DOCUMENT.finditer(text)}
    bare = {said: re.sub(r"[ \t.-]", "", said) for said in loose}
    for said, number in bare.items():
        if _RESIDENT.fullmatch(number):
            yield Finding(FindingKind.ID_NUMBER, said)
        elif _MOBILE.search(number):
            yield Finding(FindingKind.PHONE, said)
    yield from _known_numbers(bare)


def _known_numbers(bare: dict[str, str]) -> Iterator[Finding]:
    documents = dict(zip(id_indexes(bare.values()), bare, strict=True))
    # 2165001234 is 021-65001234 without its zero.
    dialled = {read_phone(zero + number) or "": said for said, number in bare.items() for zero in ("0", "")}
    phones = dict(zip(phone_indexes(dialled), dialled.values(), strict=True))
    known = Person.objects.filter(id_index__in=[index for index in documents if index])
    for index in known.values_list("id_index", flat=True):
        yield Finding(FindingKind.ID_NUMBER, documents[index])
    asked = [index for index in phones if index]
    for index in set(Person.objects.filter(phone_index__in=asked).values_list("phone_index", flat=True)):
        yield Finding(FindingKind.PHONE, phones[index])


def _committees(text: str, units: Iterable[tuple[str, str, str]]) -> Iterator[Finding]:
    """A committee by its full name, or by its everyday name with what makes it one: where a child lives."""
    for kind, name, short in units:
        if kind != UnitKind.COMMITTEE:
            continue
        for said in (name, *(f"{short}{ending}" for ending in ("居委", "居民区", "社区居", "村委"))):
            if said and said in text:
                yield Finding(FindingKind.COMMITTEE, said)
                break


def _words(text: str) -> Iterator[str]:
    """Every run that might be a name: without a dot two to six signs, with one any stretch around it."""
    for match in _HAN_RUN.finditer(text):
        yield from _stretches(match[0], _SHORTEST, _LONGEST)
    for match in _DOTTED.finditer(text):
        yield from (word for word in _stretches(match[0], 3, _LONGEST_DOTTED) if "·" in word[1:-1])
    for match in _LATIN.finditer(text):
        yield match[0]


def _stretches(run: str, shortest: int, longest: int) -> Iterator[str]:
    for start in range(len(run) - shortest + 1):
        for end in range(start + shortest, min(start + longest, len(run)) + 1):
            yield run[start:end]


def _names(words: Iterable[str]) -> Iterator[Finding]:
    """Which of the words are names of persons we know; the longest of several that overlap says it best."""
    left = iter(sorted(words))
    while some := list(islice(left, _AT_ONCE)):
        for name in set(Person.objects.filter(name__in=some).values_list("name", flat=True)):
            yield Finding(FindingKind.NAME, name)
