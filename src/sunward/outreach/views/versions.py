"""Which version of a row somebody saw when pressing the button."""

from sunward.accounts.access import SunwardRequest


def version_of(request: SunwardRequest) -> int:
    """Something unreadable is a version that nobody has: the act says that the page is too old."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else -1
