"""The API fuzzed from its own OpenAPI document: whatever is sent, no answer is a 5xx and every answer is as the document says."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from test_web_files import ROWS, table
from test_web_serve import Running

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance, response_schema_conformance]
UPLOAD = "/api/files"
REMOVES = ("DELETE", "/api/files/{id}")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("fuzzed")
    made = Running(folder, "--jobs", "1", "--record-to", str(folder / "runs.sqlite3"), "--lang", "en")
    yield made
    code, _, errors = made.end()
    assert (code, errors) == (0, "")


@pytest.fixture(scope="module")
def checked(server: Running) -> str:
    name = server.send(table([ROWS[0], *ROWS[1:] * 20]))
    server.ask(f"/api/files/{name}/check", {})
    end = time.monotonic() + 120
    while server.ask(f"/api/files/{name}")["state"] == "running":
        assert time.monotonic() < end
        time.sleep(0.2)
    return name


def fuzz(server: Running, examples: int, parameters: dict[str, Any] | None = None) -> set[int]:
    """Sends so many requests to every operation; the statuses that were answered."""
    schema = schemathesis.openapi.from_url(f"{server.url}/openapi.json")
    statuses: set[int] = set()
    for result in schema.get_all_operations():
        operation = result.ok()
        if parameters and ("{id}" not in operation.path or (operation.method.upper(), operation.path) == REMOVES):
            continue

        @settings(max_examples=examples, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
        @given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE) | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
        def send(case: Any) -> None:
            if parameters:
                case.path_parameters = {**(case.path_parameters or {}), **parameters}
            response = case.call(timeout=60)
            statuses.add(response.status_code)
            case.validate_response(response, checks=CHECKS)

        send()
    return statuses


def test_requests_that_fit_the_document_and_such_that_do_not(server: Running) -> None:
    statuses = fuzz(server, 6)
    assert 200 in statuses and {404, 422} & statuses and max(statuses) < 500


def test_requests_about_a_file_that_is_there(server: Running, checked: str) -> None:
    statuses = fuzz(server, 4, {"id": checked})
    assert {200, 202} <= statuses and max(statuses) < 500


@pytest.mark.slow
def test_many_more(server: Running, checked: str) -> None:
    fuzz(server, 150)
    fuzz(server, 60, {"id": checked})

