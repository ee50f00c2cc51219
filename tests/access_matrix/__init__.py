"""Every address × every persona → the answer. One module per part of the house; a new address needs its row.

A view that writes has a row for its POST as well.
"""

from tests.access_matrix import (
    employment_acts,
    employment_jobseekers,
    employment_own_page,
    employment_recommendations,
    employment_shortlists,
    employment_points,
    employment_feeds,
    employment_vacancies,
    employment_visits,
    employment_who_needs_help,
    gatherings,
    gatherings_roadshows,
    house,
    keeping,
    matching,
    mentoring,
    mentoring_experts,
    mentoring_families,
    mentoring_library,
    mentoring_sharing,
    mentoring_tutoring,
    mentoring_visits,
    mentoring_volunteers,
    outreach,
    plans,
    registers,
    safeguarding_emergencies,
    safeguarding_worries,
)
from tests.access_matrix.rows import Row

ROWS: list[Row] = [
    *house.ROWS,
    *keeping.ROWS,
    *mentoring.ROWS,
    *mentoring_experts.ROWS,
    *mentoring_families.ROWS,
    *mentoring_library.ROWS,
    *mentoring_sharing.ROWS,
    *mentoring_visits.ROWS,
    *mentoring_tutoring.ROWS,
    *mentoring_volunteers.ROWS,
    *plans.ROWS,
    *registers.ROWS,
    *matching.ROWS,
    *outreach.ROWS,
    *gatherings.ROWS,
    *gatherings_roadshows.ROWS,
    *employment_acts.ROWS,
    *employment_jobseekers.ROWS,
    *employment_own_page.ROWS,
    *employment_recommendations.ROWS,
    *employment_shortlists.ROWS,
    *employment_points.ROWS,
    *safeguarding_emergencies.ROWS,
    *safeguarding_worries.ROWS,
    *employment_feeds.ROWS,
    *employment_vacancies.ROWS,
    *employment_visits.ROWS,
    *employment_who_needs_help.ROWS,
]

__all__ = ["ROWS", "Row"]
