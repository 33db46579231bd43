"""The rules that keep the code honest: read off the source, and off the routes of the app."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("config", "models", "schemas", "services", "middleware", "routers")
SESSIONS = {"Session", "DbSession", "ReadSession"}
OPENERS = {"Session", "sessions", "read_sessions"}
WEB_FRAMEWORKS = {"fastapi", "starlette", "sse_starlette", "uvicorn"}
OWN_TRANSACTIONS = {"config/database.py", "routers/dependencies.py"}

PUBLIC = {
    ("post", "/api/auth/register"),
    ("post", "/api/auth/login"),
    ("post", "/api/auth/token"),
    ("post", "/api/auth/google"),
    ("get", "/api/auth/google/login"),
    ("get", "/api/auth/google/callback"),
    ("get", "/api/credits/packages"),
    ("post", "/api/credits/webhook"),
}

Operations = dict[tuple[str, str], dict[str, Any]]
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def modules(*rooms: str) -> Iterator[tuple[str, ast.Module]]:
    """Each module of these rooms with its path."""
    for path in [ROOT / "main.py", *(path for room in rooms for path in sorted((ROOT / room).rglob("*.py")))]:
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """What stands in a function, without the functions inside it."""
    for child in ast.iter_child_nodes(function):
        yield child
        if not isinstance(child, (*FUNCTIONS, ast.Lambda)):
            yield from own_nodes(child)


def has_session(function: ast.AsyncFunctionDef) -> bool:
    """Whether a function is given a session, or opens one. A factory that it only hands on is fine."""
    arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    if any(isinstance(a.annotation, ast.Name) and a.annotation.id in SESSIONS for a in arguments):
        return True
    calls = (node for node in own_nodes(function) if isinstance(node, ast.Call))
    names = (ast.unparse(call.func).removesuffix(".begin").rpartition(".")[2] for call in calls)
    return any(name in OPENERS for name in names)


def test_a_function_awaits_or_has_a_session_never_both() -> None:
    offenders = [
        f"{path}:{node.lineno} {node.name}"
        for path, tree in modules(*ROOMS, "scripts")
        for node in ast.walk(tree)
        if isinstance(node, ast.AsyncFunctionDef) and has_session(node)
    ]
    assert offenders == []


def test_services_know_no_web_framework() -> None:
    offenders = [
        f"{path}:{node.lineno}"
        for path, tree in modules("services", "schemas", "models", "config")
        if path != "main.py"
        for node in ast.walk(tree)
        for name in imported(node)
        if name.partition(".")[0] in WEB_FRAMEWORKS
    ]
    assert offenders == []


def imported(node: ast.AST) -> list[str]:
    """The modules that a statement imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def test_only_the_owners_of_transactions_end_them() -> None:
    offenders = [
        f"{path}:{node.lineno}"
        for path, tree in modules(*ROOMS)
        if path not in OWN_TRANSACTIONS
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in ("commit", "rollback") or ast.unparse(node.func).endswith("sessions.begin")
    ]
    assert offenders == []


@pytest.fixture
def operations(anonymous: TestClient) -> Operations:
    """Every documented operation by method and path."""
    paths = anonymous.get("/openapi.json").json()["paths"]
    return {(method, path): operation for path, methods in paths.items() for method, operation in methods.items()}


def test_every_route_is_documented(app: FastAPI, operations: Operations) -> None:
    routes = {
        (method.lower(), str(route.path))
        for route in iter_route_contexts(app.routes)
        for method in route.methods or ()
        if str(route.path).startswith("/api")
    }
    assert routes == {key for key in operations if key[1].startswith("/api")}


def test_every_route_but_the_public_ones_needs_a_token(anonymous: TestClient, operations: Operations) -> None:
    private = {key for key in operations if key[1].startswith("/api/")} - PUBLIC
    assert private
    assert {key for key in PUBLIC if key not in operations} == set()
    answers = {
        (method, path): anonymous.request(method, re.sub(r"{\w+}", "1", path)).status_code for method, path in private
    }
    assert {key: status for key, status in answers.items() if status != 401} == {}


def test_every_route_declares_what_it_can_answer(operations: Operations) -> None:
    for (method, path), operation in operations.items():
        declared = operation["responses"].keys()
        if path.startswith("/api/") and (method, path) not in PUBLIC:
            assert "401" in declared, (method, path)
        if "{" in path:
            assert declared >= {"404", "422"}, (method, path)
        if "requestBody" in operation:
            assert declared >= {"400", "413", "422"}, (method, path)
        for status, response in operation["responses"].items():
            assert response["description"], (method, path, status)
        assert operation.get("summary"), (method, path)
        assert operation.get("description"), (method, path)


def test_the_library_under_the_agpl_is_used_only_where_the_readme_says() -> None:
    users = {
        name
        for name, tree in modules(*ROOMS)
        if any("pymupdf" in ast.dump(n) for n in ast.walk(tree) if isinstance(n, (ast.Import, ast.ImportFrom)))
    }
    places = ("services/pdf_reader.py", "services/pdf/", "services/pages/")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert users
    assert all(user.startswith(places) for user in users)
    assert all(f"`{place}`" in readme for place in places)
