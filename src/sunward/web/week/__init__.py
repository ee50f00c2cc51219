"""The week of whoever supervises: who has not been in touch, whose check expires, what waits. A message on Mondays and
the page behind it; both count what the home page counts (`web.home_work`)."""
