"""The description of the reading interface: as OpenAPI 3.1 for programs, and as a page for people."""

import json
import re
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, current_app, render_template, url_for

from tracker.web import pages
from tracker.web.api.base import PREFIX
from tracker.web.out import tables

bp = Blueprint("api_docs", __name__)

REFERENCE = "#/components/schemas/"
NAMED = re.compile(rf'"{REFERENCE}([^"]+)"')
ARGUMENT = re.compile(r"{[^}]+}")


@bp.get(f"{PREFIX}/openapi.json")
def openapi() -> Response:
    """Give the description that programs read."""
    return tables.as_json(described())


@bp.get("/api")
def index() -> str:
    """List every address, group by group, each with a page of its own."""
    told = described()
    return render_template(
        "api/index.html",
        info=told["info"],
        groups=[
            (tag, [one for one in _addresses(told).values() if tag["name"] in one.operation["tags"]])
            for tag in told["tags"]
        ],
    )


@bp.get("/api/<name>")
def address(name: str) -> str:
    """Show what one address takes and gives, with every shape that its answer is made of."""
    told = described()
    known = _addresses(told)
    if name not in known:
        likely = {key: (one.operation["summary"], url_for("api_docs.address", name=key)) for key, one in known.items()}
        raise pages.missing("address of the reading interface", name, likely)
    shapes = _made_of(told, known[name].operation)
    taken = NAMED.findall(json.dumps(known[name].operation.get("requestBody", {})))
    return render_template(
        "api/address.html",
        asked=known[name],
        takes=taken[0] if taken else "",
        shapes=[(one, shapes[one], list(shapes[one].get("properties", {}).items())) for one in shapes],
    )


@dataclass(frozen=True)
class Address:
    """One address of the interface: its name among our pages, method, path, description, the shape of its answer."""

    name: str
    method: str
    path: str
    operation: dict[str, Any]
    answer: str


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


def _addresses(told: dict[str, Any]) -> dict[str, Address]:
    """Return each address by the name of its page: its path with dashes, "one" where a name stands in it."""
    found = {}
    for path, item in told["paths"].items():
        name = ARGUMENT.sub("one", path.removeprefix(f"{PREFIX}/")).replace("/", "-")
        [(method, operation)] = item.items()
        answers = operation["responses"]
        answer = answers.get("200", answers.get("201"))["content"]["application/json"]["schema"]["$ref"]
        # An address that takes something stands beside the one that gives a list of the same.
        found[name if method == "get" else f"add-{name}"] = Address(
            name if method == "get" else f"add-{name}", method.upper(), path, operation, answer.removeprefix(REFERENCE)
        )
    return found


def _made_of(told: dict[str, Any], operation: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the shapes with fields that answers and errors are made of, each before those it holds."""
    every = told["components"]["schemas"]
    found: dict[str, dict[str, Any]] = {}
    waiting = NAMED.findall(json.dumps([operation["responses"], operation.get("requestBody", {})]))
    while waiting:
        name = waiting.pop(0)
        if name not in found and every[name].get("type") == "object":
            found[name] = every[name]
            waiting += NAMED.findall(json.dumps(every[name]))
    return found
