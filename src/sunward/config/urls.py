"""All addresses. A programme adds one line to the list; its own `urls.py` says the rest."""

from allauth.account import views as sign_in
from django.urls import include, path

from sunward.employment.urls import employer_page, fairs, interests, own_page
from sunward.gatherings.views import doors, joining
from sunward.mentoring.urls import families
from sunward.mentoring.views import applications, certificates, offline
from sunward.outreach.views import link
from sunward.safeguarding.views import links
from sunward.web import home, language, style
from sunward.web.search import views as search_pages
from sunward.web.week import views as week_pages

# Of allauth only what a closed house needs: nobody signs up or resets a password by e-mail.
_sign_in = [
    path("login/", sign_in.login, name="account_login"),
    path("logout/", sign_in.logout, name="account_logout"),
    path("inactive/", sign_in.account_inactive, name="account_inactive"),
    path("reauthenticate/", sign_in.reauthenticate, name="account_reauthenticate"),
    path("password/change/", sign_in.password_change, name="account_change_password"),
    path("password/set/", sign_in.password_set, name="account_set_password"),
    path("2fa/", include("allauth.mfa.urls")),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("work/<slug:key>/", home.work, name="work"),
    path("week/", week_pages.week, name="week"),
    path("language/", language.choose_language, name="choose_language"),
    path("type/", language.choose_type, name="choose_type"),
    path("accounts/", include(_sign_in)),
    path("search/", search_pages.search, name="search"),
    path("style/", style.style, name="style"),
    path("resources/", include("sunward.casework.urls")),
    path("mentoring/", include("sunward.mentoring.urls")),
    path("employment/", include("sunward.employment.urls")),
    path("blueprint/", include("sunward.blueprint.urls")),
    path("safeguarding/", include("sunward.safeguarding.urls")),
    path("gatherings/", include("sunward.gatherings.urls")),
    # Short, since they are typed off a poster or stand in a message; open to everybody.
    path("door/<str:token>/", doors.door, name="door"),
    path("join/<uuid:gathering_id>/", joining.join, name="join"),
    path("feedback/<str:token>/", doors.feedback, name="feedback"),
    path("apply/", applications.apply, name="apply"),
    path("certificate/", certificates.certificate, name="certificate"),
    # On a poster in a school's staff room; it can only report.
    path("worry/<str:token>/", links.worry_by_link, name="worry_by_link"),
    # At the root, since a worker governs what lies below its own address (docs/adr/0012-visits-without-network.md).
    path("sw.js", offline.service_worker, name="service_worker"),
    path("offline/<str:language>/", offline.offline_shell, name="offline_shell"),
    path("", include(families.public)),
    path("", include(own_page.public)),
    path("", include(employer_page.public)),
    path("", include(fairs.public)),
    path("", include(interests.public)),
    path("outreach/", include("sunward.outreach.urls")),
    # Behind a message's signed link (`outreach.links`), open to whoever holds one.
    path("m/<str:token>/", link.link, name="message_link"),
    path("absences/", include("sunward.accounts.absences.urls")),
    path("administration/", include("sunward.accounts.urls")),
    path("audit/", include("sunward.web.audit_pages.urls")),
    path("imports/", include("sunward.registers.urls")),
    path("matching/", include("sunward.matching.urls")),
    path("figures/", include("sunward.figures.urls")),
]

handler400 = "sunward.web.refusals.bad_request"
handler403 = "sunward.web.refusals.forbidden"
handler404 = "sunward.web.refusals.not_found"
handler500 = "sunward.web.refusals.failed"
