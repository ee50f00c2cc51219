"""Addresses of questions to the expert team."""

from django.urls import path

from sunward.mentoring.views import advice, questions

_own, _file = "my/children/<uuid:match_id>/questions", "children/<uuid:case_id>/questions"
urlpatterns = [
    path(f"{_own}/", questions.own_questions, name="own_questions"),
    path(f"{_own}/new/", questions.own_question_new, name="own_question_new"),
    path(f"{_own}/<uuid:question_id>/", questions.own_question, name="own_question"),
    path(f"{_own}/<uuid:question_id>/settle/", questions.own_question_settle, name="own_question_settle"),
    path(f"{_own}/<uuid:question_id>/bring-back/", questions.own_question_bring_back, name="own_question_bring_back"),
    path(f"{_file}/new/", questions.child_question_new, name="child_question_new"),
    path(f"{_file}/<uuid:question_id>/", questions.child_question, name="child_question"),
    path(f"{_file}/<uuid:question_id>/settle/", questions.child_question_settle, name="child_question_settle"),
    path(
        f"{_file}/<uuid:question_id>/bring-back/", questions.child_question_bring_back, name="child_question_bring_back"
    ),
    path("advice/<uuid:question_id>/", advice.advice, name="advice"),
    path("advice/<uuid:question_id>/take/", advice.advice_take, name="advice_take"),
    path("advice/<uuid:question_id>/give-back/", advice.advice_give_back, name="advice_give_back"),
]
