from sunward.blueprint import urls_meetings, urls_plans, urls_results

app_name = "blueprint"
urlpatterns = [
    *urls_plans.patterns,
    *urls_meetings.patterns,
    *urls_results.patterns,
]
