from sunward.blueprint import urls_meetings, urls_plans

app_name = "blueprint"
urlpatterns = [
    *urls_plans.patterns,
    *urls_meetings.patterns,
]
