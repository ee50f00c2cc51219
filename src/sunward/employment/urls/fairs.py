"""Addresses of fairs with their booths, of a jobseeker's times there, and of the page that is for everybody."""

from django.urls import path

from sunward.employment.views import employer_booths, fair_offers, fairs

_FAIR, _FILE, _OWN, _EMPLOYER = (
    "fairs/<uuid:gathering_id>/",
    "jobseekers/<uuid:case_id>/fairs/",
    "jobs/<str:token>/fairs/",
    "employer/<str:token>/",
)
_BOOTH = f"{_FAIR}booths/<uuid:booth_id>/"

urlpatterns = [
    path("fairs/", fairs.fairs, name="fairs"),
    path(_FAIR, fairs.fair, name="fair"),
    path(f"{_FAIR}booths/new/", fairs.fair_invite, name="fair_invite"),
    path(_BOOTH, fairs.booth, name="booth"),
    *(
        path(f"{_BOOTH}{verb}/", fairs.booth_answer, {"state": state}, name=f"booth_{verb}")
        for verb, state in (
            ("confirm", "confirmed"), ("decline", "declined"), ("withdraw", "withdrawn"), ("reinvite", "invited"),
        )
    ),
    path(f"{_BOOTH}place/", fairs.booth_place, name="booth_place"),
    path(f"{_BOOTH}vacancies/", fairs.booth_vacancies, name="booth_vacancies"),
    path(f"{_BOOTH}times/new/", fairs.booth_times_new, name="booth_times_new"),
    path(f"{_BOOTH}times/<uuid:slot_id>/withdraw/", fairs.booth_time_withdraw, name="booth_time_withdraw"),
    *(
        path(
            f"{_BOOTH}interviews/<uuid:interview_id>/{verb}/", fairs.booth_mark, {"state": state},
            name=f"interview_{verb}",
        )
        for verb, state in (("met", "met"), ("missed", "missed"), ("undo", "taken"))
    ),
    path(_FILE, fair_offers.jobseeker_fairs, name="jobseeker_fairs"),
    path(f"{_FILE}<uuid:booth_id>/", fair_offers.jobseeker_interview, name="jobseeker_interview"),
    path(
        f"{_FILE}interviews/<uuid:interview_id>/give-back/", fair_offers.jobseeker_interview_give_back,
        name="jobseeker_interview_give_back",
    ),
]  # fmt: skip
public = [
    path("fairs/<uuid:gathering_id>/", fair_offers.fair_public, name="fair_public"),
    path(_OWN, fair_offers.own_fairs, name="own_fairs"),
    path(f"{_OWN}<uuid:booth_id>/", fair_offers.own_interview, name="own_interview"),
    path(
        f"{_OWN}interviews/<uuid:interview_id>/give-back/", fair_offers.own_interview_give_back,
        name="own_interview_give_back",
    ),
    *(
        path(
            f"{_EMPLOYER}booths/<uuid:booth_id>/{verb}/", employer_booths.employer_booth, {"state": state},
            name=f"employer_booth_{verb}",
        )
        for verb, state in (("confirm", "confirmed"), ("decline", "declined"))
    ),
    path(
        f"{_EMPLOYER}booths/<uuid:booth_id>/vacancies/", employer_booths.employer_booth_vacancies,
        name="employer_booth_vacancies",
    ),
    *(
        path(
            f"{_EMPLOYER}interviews/<uuid:interview_id>/{verb}/", employer_booths.employer_interview,
            {"state": state}, name=f"employer_interview_{verb}",
        )
        for verb, state in (("met", "met"), ("missed", "missed"), ("undo", "taken"))
    ),
]  # fmt: skip
