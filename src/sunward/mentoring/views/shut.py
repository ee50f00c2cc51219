"""Where a family's card opens nothing any more."""

from sunward.core import own_pages

says_where_it_is_shut = own_pages.says_where_it_is_shut(
    "family", "mentoring/families/shut.html",
    shut=("mentoring.family_not_there", "mentoring.family_page_not_there"),
)  # fmt: skip
