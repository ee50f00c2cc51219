"""What the check of an advert found, as a vacancy keeps it: codes and words, no article, since rules change."""

from typing import Any

from sunward.employment.vacancies.checks import check_advert


def find_in_wording(title: str, description: str) -> list[dict[str, Any]]:
    return [
        {
            "rule": str(one.rule), "level": str(one.level), "field": field, "words": one.words, "start": one.start,
            "end": one.end,
        }
        for field, found in check_advert(title, description).items()
        for one in found
    ]  # fmt: skip
