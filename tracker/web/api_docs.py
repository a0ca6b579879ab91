"""The description of the reading interface: as OpenAPI 3.1 for programs, and as a page for people."""

from typing import Any

from flask import Blueprint, Response, current_app, render_template

from tracker.web import pages
from tracker.web.api.base import PREFIX
from tracker.web.out import tables

bp = Blueprint("api_docs", __name__)

REFERENCE = "#/components/schemas/"


@bp.get(f"{PREFIX}/openapi.json")
def openapi() -> Response:
    """Give the description that programs read."""
    return tables.as_json(described())


@bp.get("/api")
def index() -> str:
    """Show every address, what it takes and what it gives."""
    told = described()
    return render_template(
        "api/index.html",
        info=told["info"],
        groups=[(tag, _of_tag(told, tag["name"])) for tag in told["tags"]],
        shapes=[
            (name, schema, _fields(schema))
            for name, schema in sorted(told["components"]["schemas"].items())
            if schema.get("type") == "object"
        ],
    )


def described() -> dict[str, Any]:
    """Return the OpenAPI document with the address of this site in it."""
    document: dict[str, Any] = current_app.api_doc  # type: ignore[attr-defined]  # the application is an OpenAPI one
    return {**document, "servers": [{"url": pages.site()}]}


@bp.app_template_filter("type_words")
def type_words(schema: dict[str, Any]) -> str:
    """Return what a value is, in a word or two: "text", "a list of Event", "one of day, month or year"."""
    if "$ref" in schema:
        name = str(schema["$ref"]).removeprefix(REFERENCE)
        known = described()["components"]["schemas"].get(name, {})
        return _codes(known["enum"]) if "enum" in known else name
    if "allOf" in schema:
        return type_words(schema["allOf"][0])
    if "anyOf" in schema:
        kinds = [type_words(one) for one in schema["anyOf"] if one.get("type") != "null"]
        return f"{' or '.join(kinds)}, or null"
    if "enum" in schema:
        return _codes(schema["enum"])
    if schema.get("type") == "array":
        return f"list of {type_words(schema['items'])}"
    words = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}
    formats = {"date": "day", "date-time": "moment"}
    return formats.get(schema.get("format", "")) or words.get(schema.get("type", ""), "value")


def _codes(codes: list[str]) -> str:
    return "one of " + ", ".join(map(str, codes))


def _of_tag(told: dict[str, Any], name: str) -> list[tuple[str, dict[str, Any], str]]:
    """Return path, operation and the name of its answer's shape for each address of a group."""
    found = []
    for path, item in told["paths"].items():
        operation = item["get"]
        if name in operation["tags"]:
            answer = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
            found.append((path, operation, answer.removeprefix(REFERENCE)))
    return found


def _fields(schema: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return list(schema.get("properties", {}).items())
