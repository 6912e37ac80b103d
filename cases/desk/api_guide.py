"""The API in words: what the OpenAPI schema says, cut down to what a person reads."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Field:
    name: str
    kind: str
    required: bool
    says: str


@dataclass(frozen=True)
class Operation:
    anchor: str
    method: str
    path: str
    says: str
    query: list[Field]
    body: list[Field]
    answers: list[str]


@dataclass(frozen=True)
class Guide:
    chapters: list[tuple[str, list[Operation]]]
    base: str


def guide(request: HttpRequest) -> Guide:
    """Chapters by the first word of the path; the schema is made once a process and language."""
    chapters: dict[str, list[Operation]] = {}
    for operation in _operations(get_language() or ""):
        chapters.setdefault(operation.path.split("/")[3], []).append(operation)
    return Guide(chapters=sorted(chapters.items()), base=request.build_absolute_uri("/api/v1/"))


@cache
def _operations(language: str) -> tuple[Operation, ...]:
    schema = deepcopy(SchemaGenerator().get_schema(request=None, public=True))
    parts = schema.get("components", {}).get("schemas", {})
    return tuple(
        _operation(path, method, item[method], parts)
        for path, item in sorted(schema["paths"].items())
        for method in METHODS
        if method in item and path.count("/") > 3
    )


def _operation(path: str, method: str, said: dict[str, Any], parts: dict[str, Any]) -> Operation:
    content = said.get("requestBody", {}).get("content", {})
    body = next(iter(content.values()), {}).get("schema", {})
    return Operation(
        anchor=said["operationId"],
        method=method.upper(),
        path=path,
        says=said.get("summary") or said.get("description") or "",
        query=[
            Field(
                each["name"], _kind(each.get("schema", {}), parts), each.get("required", False), _says(each)
            )
            for each in said.get("parameters", [])
            if each["in"] == "query"
        ],
        body=list(_fields(body, parts)),
        answers=sorted(said.get("responses", {})),
    )


def _fields(schema: dict[str, Any], parts: dict[str, Any]) -> Iterable[Field]:
    whole = _resolve(schema, parts)
    required = set(whole.get("required", ()))
    for name, each in whole.get("properties", {}).items():
        if not each.get("readOnly"):
            yield Field(name, _kind(each, parts), name in required, _says(each))


def _resolve(schema: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference, and the first of what may be one of several."""
    for key in ("allOf", "oneOf", "anyOf"):
        if schema.get(key):
            return _resolve(schema[key][0], parts)
    reference = schema.get("$ref", "")
    return _resolve(parts.get(reference.rsplit("/", 1)[-1], {}), parts) if reference else schema


def _kind(schema: dict[str, Any], parts: dict[str, Any]) -> str:
    whole = _resolve(schema, parts)
    if choices := [str(value) for value in whole.get("enum", []) if value not in (None, "")]:
        return " | ".join(choices)
    kind = whole.get("type", "")
    if isinstance(kind, list):
        kind = " | ".join(part for part in kind if part != "null")
    if kind == "array":
        return f"{_kind(whole.get('items', {}), parts)}[]"
    return whole.get("format") or kind


def _says(each: dict[str, Any]) -> str:
    """The first line: what follows lists the choices, which the kind already names."""
    text = each.get("description") or each.get("title") or ""
    return text.strip().split("\n", 1)[0]
