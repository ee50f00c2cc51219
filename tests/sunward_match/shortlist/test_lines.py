"""Every line explains itself, and adds up to the score it was chosen by."""

import pytest

from bench.filtered_market import settle
from sunward_match.shortlist import InputError, Weighing, candidates, explain_lines, shortlist

WEIGHING = Weighing(liking=2, near=1.5, pay=0.5, merit=0.25)
SEEKERS, VACANCIES = settle(120, 90, occupations=6)
FOUND = candidates(SEEKERS, VACANCIES, n=30, weighing=WEIGHING)
ANSWER = shortlist(FOUND.as_scores(), k=4, cap=6)


def test_the_points_of_a_line_add_up_to_the_score_it_was_chosen_by() -> None:
    scores = FOUND.as_scores()
    explained = [explain_lines(ANSWER, SEEKERS, VACANCIES, person, weighing=WEIGHING) for person in range(120)]
    assert sum(len(lines) for lines in explained) == ANSWER.n_lines.sum() > 150
    for person, lines in enumerate(explained):
        assert [line.vacancy for line in lines] == [at for at in ANSWER.indices[person].tolist() if at >= 0]
        for line in lines:
            assert line.score == pytest.approx(scores[person, line.vacancy])
            assert line.score == pytest.approx(line.liking + line.near + line.pay + line.merit)


def test_a_line_says_how_far_how_much_above_the_floor_and_how_many_others() -> None:
    lines = [line for person in range(120) for line in explain_lines(ANSWER, SEEKERS, VACANCIES, person)]
    assert all(line.others == ANSWER.exposure[line.vacancy] - 1 for line in lines)
    assert max(line.others for line in lines) == 5
    assert all(line.above_floor is None or line.above_floor >= 0 for line in lines)
    assert all(line.distance_km is None or line.distance_km <= 15 for line in lines)
    assert any(line.distance_km is None and line.near == 0 for line in lines)
    assert any(line.above_floor is None and line.pay == 0 for line in lines)


def test_nobody_who_is_not_there_is_explained() -> None:
    for person in (-1, 120):
        with pytest.raises(InputError, match="seeker_unknown"):
            explain_lines(ANSWER, SEEKERS, VACANCIES, person)
