"""The OpenAPI 3.1 document of the feeds, made of the very shapes that the views answer with and check by."""

from typing import Any

from pydantic.json_schema import models_json_schema

from sunward.employment.feeds import items
from sunward.employment.feeds.problems import MIME, PROBLEMS

_ANSWERS = (items.Snapshot, items.Changes, items.Change, items.ToldVacancy, items.Receipt, items.RowAnswer, items.Note)
_SENT = (items.Delivery, items.IncomingVacancy, items.IncomingChange)
_EVERYWHERE = ("key_missing_or_invalid", "key_of_the_other_direction", "too_many_calls", "parameter_unknown")
_PAGES = ("cursor_invalid",)
_PUSHED = ("body_too_large", "body_not_json", "body_unreadable", "delivery_invalid", "too_many_items")
_DESCRIPTION = (
    "Open, verified vacancies of a district, out and in. A key belongs to one party, one direction and one district, "
    "which gives and ends it. Fetch the snapshot once, page by page, then ask for changes every few minutes; "
    "`vacancy: null` has ended. No contact and no person is told. `detail` of a problem is written in the language "
    "that `Accept-Language` asks for; `code` stays."
)


def openapi_document() -> dict[str, Any]:
    _refs, defined = models_json_schema(
        [*((model, "serialization") for model in (*_ANSWERS, items.Problem)), *((one, "validation") for one in _SENT)],
        ref_template="#/components/schemas/{model}",
    )
    schemas = defined["$defs"]
    return {
        "openapi": "3.1.0",
        "info": {"title": "Sunward: vacancies", "version": "1", "description": _DESCRIPTION},
        "security": [{"key": []}],
        "paths": {
            "/employment/feed/vacancies.json": {
                "get": _read("readSnapshot", "All open vacancies, page by page", "Snapshot", "cursor", required=False),
                "post": _push(),
            },
            "/employment/feed/changes": {
                "get": _read("readChanges", "What has changed, ended ones included", "Changes", "since", required=True),
            },
        },
        "components": {
            "schemas": schemas,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }


def _read(name: str, summary: str, model: str, parameter: str, *, required: bool) -> dict[str, Any]:
    codes = (*_EVERYWHERE, *_PAGES, *(("cursor_missing", "cursor_gone") if required else ()))
    return {
        "operationId": name,
        "summary": summary,
        "parameters": [
            {
                "name": parameter, "in": "query", "required": required,
                "schema": {"type": "string", "minLength": 1, "maxLength": 200},
            },
            {"name": "If-None-Match", "in": "header", "required": False, "schema": {"type": "string"}},
        ],
        "responses": {
            "200": _ok(model) | {"headers": {"ETag": {"schema": {"type": "string"}}}},
            "304": {"description": "Nothing has changed since this ETag."},
            **_problems(codes),
        },
    }  # fmt: skip


def _push() -> dict[str, Any]:
    return {
        "operationId": "pushVacancies",
        "summary": "Tell vacancies: a snapshot or changes; told twice, nothing changes",
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Delivery"}}},
        },
        "responses": {"200": _ok("Receipt"), **_problems((*_EVERYWHERE, *_PUSHED))},
    }


def _ok(model: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{model}"}}}
    return {"description": model, "content": content}


def _problems(codes: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, list[str]] = {}
    for code in codes:
        found.setdefault(str(PROBLEMS[code][0]), []).append(code)
    content = {MIME: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": ", ".join(names), "content": content} for status, names in sorted(found.items())}
