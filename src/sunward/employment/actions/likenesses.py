"""Which vacancies may be one post: written down when one is told or changed, and offered to a person."""

from django.db.models import Q

from sunward.employment.enums import LikenessState, VacancyState
from sunward.employment.models import Vacancy, VacancyLikeness
from sunward.employment.vacancies.likeness import likeness, signs_of, sketch_of
from sunward.employment.vacancies.telling import told_of

# Of one employer the newest few, as an import compares them.
COMPARED_AT_MOST = 200


def note_likenesses(row: Vacancy) -> int:
    """Compare it with what its employer offers in the district; returns how many it may be. Inside the act.

    What a person has decided stays decided. A pair that is not alike any more is not asked for.
    """
    employer = row.employer
    district = f"/{row.unit_path.strip('/').split('/')[0]}/"
    offered = Vacancy.objects.filter(
        Q(employer=employer) | Q(employer__name_key=employer.name_key), unit_path__startswith=district
    )
    offered = offered.exclude(pk=row.pk).exclude(state=VacancyState.CLOSED).select_related("employer")
    mine = sketch_of(told_of(row, employer))
    pairs: list[VacancyLikeness] = []
    for other in offered.defer("contact_phone").order_by("-pk")[:COMPARED_AT_MOST]:
        theirs = sketch_of(told_of(other, other.employer))
        alike = likeness(mine, theirs)
        if alike > 0:
            first, second = sorted((row.pk, other.pk))
            pairs.append(
                VacancyLikeness(
                    first_id=first, second_id=second, points=round(alike * 100),
                    reasons=[str(sign) for sign in signs_of(mine, theirs)],
                )
            )  # fmt: skip
    asked = VacancyLikeness.objects.filter(Q(first=row) | Q(second=row), state=LikenessState.OPEN)
    asked.exclude(
        Q(first__in=[one.first_id for one in pairs]) & Q(second__in=[one.second_id for one in pairs])
    ).delete()
    # In one order whoever writes: two of an employer's vacancies may be changed at the same moment.
    pairs.sort(key=lambda pair: (pair.first_id, pair.second_id))
    VacancyLikeness.objects.bulk_create(
        pairs, update_conflicts=True, unique_fields=["first", "second"], update_fields=["points", "reasons"]
    )
    return len(pairs)
