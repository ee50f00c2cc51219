"""What Leye Space puts into a district's bulletin."""

from django.utils.translation import gettext_lazy as _

BULLETIN = _(
    "# Leye Space\n"
    "Since January [[employment.helped_into_work | year]] people were helped into work, among them"
    " [[employment.youths_into_work | year]] long-term unemployed youths.\n"
    "[[employment.helped_into_work | year | by month]]\n"
    "Roadshows held [[employment.roadshow_sessions | year]] sessions in [[employment.roadshow_units | year]]"
    " sub-districts; [[employment.roadshow_attendances | year]] attendances were counted.\n"
    "[[employment.roadshow_sessions | year | by unit]]\n"
    "[[employment.fairs_held | year]] job fairs and [[employment.interview_sessions_held | year]] interview sessions in"
    " communities brought [[employment.posts_brought | year]] posts.\n"
    "[[employment.groups_reached | year]] community groups were told of work,"
    " in [[employment.pushes | year]] messages.\n"
    "Online visits to employers brought [[employment.online_visit_vacancies | year]] vacancies,"
    " [[employment.online_visit_it_vacancies | year]] of them in information technology.\n"
    "[[employment.online_visit_it_vacancies | year | by unit]]"
)
