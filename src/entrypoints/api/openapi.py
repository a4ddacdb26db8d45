"""The OpenAPI document, made from the declarations and shapes that answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import attrs

from ect_registration.ports.stored.lead_providers import Order
from ect_registration.use_cases.lead_providers.reading import LONGEST_PAGE, Page
from entrypoints.api.endpoints import BASE, Endpoint, Shape
from entrypoints.api.parameters import Filter
from entrypoints.api.shapes import Errors, NoAccess

Schema = dict[str, Any]

SCALARS: Mapping[object, Schema] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    UUID: {"type": "string", "format": "uuid"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}
ERRORS = {
    400: "A parameter or the body cannot be read",
    413: "The body is too long",
    422: "An attribute is wrong",
}
ALWAYS = {
    429: "The token was used too often: try again after Retry-After",
    503: "Try again after Retry-After",
}


def document(endpoints: Iterable[Endpoint], version: str) -> Schema:
    """Returns the whole document."""
    components: dict[str, Schema] = {}
    paths: dict[str, Schema] = {}
    for endpoint in endpoints:
        operation = _operation(endpoint, components)
        paths.setdefault(BASE + endpoint.path, {})[endpoint.method.lower()] = operation
    return {
        "openapi": "3.0.3",
        "info": {"title": "Register early career teachers: lead providers", "version": version},
        "paths": paths,
        "components": {
            "schemas": dict(sorted(components.items())),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def _operation(endpoint: Endpoint, components: dict[str, Schema]) -> Schema:
    operation: Schema = {"summary": endpoint.says, "parameters": _parameters(endpoint)}
    if endpoint.body is not None:
        body = _envelope(endpoint.kind, endpoint.body, components, with_id=False)
        operation["requestBody"] = {"required": True, "content": _json({"data": body})}
    record = _envelope(endpoint.kind, endpoint.shape, components)
    data = {"type": "array", "items": record} if endpoint.many else record
    answers = {200: {"description": "What was asked for", "content": _json({"data": data})}}
    wrong = {400: ERRORS[400]} if endpoint.filters or endpoint.many or endpoint.body else {}
    if endpoint.body is not None:
        wrong |= {413: ERRORS[413], 422: ERRORS[422]}
    if "{id}" in endpoint.path:
        wrong[404] = "There is no such record for this lead provider"
    for status, says in sorted((wrong | ALWAYS).items()):
        answers[status] = _answer(says, schema_of(Errors, components))
    answers[401] = _answer("No token that is accepted", schema_of(NoAccess, components))
    operation["responses"] = {str(status): answers[status] for status in sorted(answers)}
    return operation


def _answer(says: str, schema: Schema) -> Schema:
    return {"description": says, "content": {"application/json": {"schema": schema}}}


def _json(properties: Schema) -> Schema:
    schema = {"type": "object", "required": list(properties), "properties": properties}
    return {"application/json": {"schema": schema}}


def _envelope(
    kind: str, shape: Shape, components: dict[str, Schema], *, with_id: bool = True
) -> Schema:
    properties: Schema = {"id": SCALARS[UUID]} if with_id else {}
    properties["type"] = {"type": "string", "enum": [str(kind)]}
    properties["attributes"] = schema_of(shape, components)
    return {"type": "object", "required": list(properties), "properties": properties}


def _parameters(endpoint: Endpoint) -> list[Schema]:
    parameters = []
    if "{id}" in endpoint.path:
        parameters.append({"name": "id", "in": "path", "required": True, "schema": SCALARS[UUID]})
    parameters += [_filter(each) for each in endpoint.filters]
    if endpoint.many:
        page = {"type": "integer", "minimum": 1}
        size = page | {"maximum": LONGEST_PAGE, "default": Page().size}
        order = {"type": "string", "enum": [order.value for order in Order]}
        parameters += [
            _in_query("page[page]", page | {"default": 1}, "Which page"),
            _in_query("page[per_page]", size, "How many records on a page"),
            _in_query("sort", order | {"default": Order.CREATED.value}, "How to sort"),
        ]
    return parameters


def _filter(each: Filter) -> Schema:
    parameter = _in_query(each.parameter, dict(each.schema), each.says)
    return parameter | ({"required": True} if each.required else {})


def _in_query(name: str, schema: Schema, says: str) -> Schema:
    return {"name": name, "in": "query", "description": says, "schema": schema}


def schema_of(kind: Any, components: dict[str, Schema]) -> Schema:
    """Returns the schema of a type; that of a class stands among the components."""
    if kind in SCALARS:
        return dict(SCALARS[kind])
    if get_origin(kind) is tuple:
        return {"type": "array", "items": schema_of(get_args(kind)[0], components)}
    if get_origin(kind) in {Union, UnionType}:
        [given] = [each for each in get_args(kind) if each is not NoneType]
        return _or_null(schema_of(given, components))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"type": "string", "enum": [each.value for each in kind]}
    return _of_class(kind, components)


def _or_null(schema: Schema) -> Schema:
    """Returns a schema that null fits too; beside a reference OpenAPI 3.0 ignores that."""
    if "$ref" in schema:
        return {"allOf": [schema], "nullable": True}
    if "enum" in schema:
        schema["enum"] = [*schema["enum"], None]
    return schema | {"nullable": True}


def _of_class(kind: Shape, components: dict[str, Schema]) -> Schema:
    name = kind.__name__.removesuffix("Shape")
    if name not in components:
        hints, fields = get_type_hints(kind), attrs.fields(kind)
        properties = {field.name: schema_of(hints[field.name], components) for field in fields}
        left_out = {field.name for field in fields if field.metadata.get("left_out")}
        for name_left_out in left_out:
            properties[name_left_out].pop("nullable")
        components[name] = {
            "type": "object",
            "description": (kind.__doc__ or "").strip(),
            "required": [each for each in properties if each not in left_out],
            "properties": properties,
        }
    return {"$ref": f"#/components/schemas/{name}"}
