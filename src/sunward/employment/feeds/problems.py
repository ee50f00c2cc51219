"""What cannot be answered, as RFC 9457 has it: a stable code, and a sentence that says what to do."""

from django.http import JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MIME = "application/problem+json"
PROBLEMS: dict[str, tuple[int, str | Promise]] = {
    "key_missing_or_invalid": (
        401, _("Send a valid key as “Authorization: Bearer …”. If yours has run out, ask the district for another."),
    ),
    "key_of_the_other_direction": (403, _("This key is for the other direction. Ask the district for the right one.")),
    "method_not_allowed": (405, _("This address takes other methods; see “Allow”.")),
    "parameter_unknown": (400, _("There is no such parameter. See the OpenAPI document.")),
    "cursor_missing": (400, _("Say since when: the cursor that the snapshot or the last changes gave you.")),
    "cursor_invalid": (400, _("This cursor is not one of ours. Fetch the snapshot again.")),
    "cursor_gone": (410, _("This cursor is newer than what we hold. Fetch the snapshot again.")),
    "body_too_large": (413, _("Send at most five megabytes at once; divide a snapshot into parts.")),
    "body_not_json": (415, _("Send JSON in UTF-8, as “Content-Type: application/json”.")),
    "body_unreadable": (400, _("This is no JSON that can be read. Nothing was taken.")),
    "delivery_invalid": (422, _("The delivery has not the shape of the OpenAPI document. Nothing was taken.")),
    "too_many_items": (422, _("Send at most 200 vacancies at once; divide a snapshot into parts.")),
    "too_many_calls": (429, _("More than sixty calls in a minute. Wait for the next one.")),
}  # fmt: skip
TITLES = {
    400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 405: "Method Not Allowed", 410: "Gone",
    413: "Content Too Large", 415: "Unsupported Media Type", 422: "Unprocessable Content", 429: "Too Many Requests",
}  # fmt: skip


class FeedProblem(Exception):
    """Raised where a call cannot be answered; the view answers with it."""

    def __init__(self, code: str, *, where: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.where = where


def answer_problem(problem: FeedProblem) -> JsonResponse:
    status, detail = PROBLEMS[problem.code]
    told = f"{detail} ({problem.where})" if problem.where else str(detail)
    body = {"type": "about:blank", "title": TITLES[status], "status": status, "code": problem.code, "detail": told}
    answer = JsonResponse(body, status=status, content_type=MIME, json_dumps_params={"ensure_ascii": False})
    if status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="vacancies"'
    if status == 429:
        answer["Retry-After"] = "60"
    return answer
