"""What is known around a file cannot be kept in a text that leaves it, however it is written."""

import pytest

from sunward.mentoring.experts.clearing import StillNames, clear
from sunward.mentoring.experts.known import list_known
from tests.factories import TODAY, make_child
from tests.mentoring.families import make_guardian

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "number", ["13800005678", "138 0000 5678", "138-0000-5678", "+86 13800005678", "１３８００００５６７８"]
)
def test_a_guardians_own_number_is_known_without_the_code_of_the_country_too(number: str) -> None:
    case = make_child("陈小雨")
    make_guardian(case)
    words = f"外婆说有事打{number}找她"
    known = list_known(case, on=TODAY)
    with pytest.raises(StillNames) as refused:
        clear(words, known=known)
    (found,) = (one for one in refused.value.findings if "5678" in one.text or "５６７８" in one.text)
    assert found.is_known
    with pytest.raises(StillNames):
        clear(words, known=known, kept={found.text})
    assert "5678" not in clear(words, known=known, changed={one.text for one in refused.value.findings}).words
