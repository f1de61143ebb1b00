"""Catalog files over HTTP: upload, columns, the check and its events, filters, downloads; nothing is left behind."""

from __future__ import annotations

import csv
import io
import json
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient
from test_web import BASE, answered

from listinglint.cli import cli
from listinglint.config import Settings
from listinglint.web import folder, uploads
from listinglint.web.results import Filter, Results, ResultWriter
from listinglint.web.server import Options, create_app

ROWS = [
    ["id", "title", "keywords", "description", "Colour family"],
    ["A-1", "Faucet Kitchen Stainless Steel", "faucet, tap", "A faucet.", "silver"],
    ["A-2", "Brass Bicycle Bell with Clear Tone", "bicycle bell, bike bell, brass bell", "Brass Bicycle Bell. " + "A bell of brass for bars of 22 mm with a spring of steel. " * 5, "gold"],
    ["A-2", "Garden Hose ， 15 m", "garden hose; hose", "=1+1", ""],
]
FILE, LISTINGS, LISTING, DOWNLOAD = "/api/files/{id}", "/api/files/{id}/listings", "/api/files/{id}/listings/{ordinal}", "/api/files/{id}/download/{kind}"


def table(rows: list[list[str]] = ROWS, delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    history = tmp_path_factory.mktemp("history") / "runs.sqlite3"
    options = Options(record=True, history=str(history), most_upload=2 << 20)
    with TestClient(create_app(options), base_url=BASE) as made:
        yield made


def send(client: TestClient, content: bytes, name: str = "shop.csv", status: int = 201, **more: Any) -> Any:
    return answered(client.post("/api/files", files={"file": (name, content)}, **more), status=status)


def check(client: TestClient, name: str, **body: Any) -> Any:
    """Checks a file to the end."""
    answered(client.post(f"/api/files/{name}/check", json=body), FILE + "/check", 202)
    end = time.monotonic() + 120
    while True:
        job = answered(client.get(f"/api/files/{name}"), FILE)
        if job["state"] != "running":
            return job
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.fixture(scope="module")
def checked(client: TestClient) -> str:
    name: str = send(client, table())["id"]
    job = check(client, name)
    assert job["state"] == "done" and job["summary"]["listings"] == 3, job
    return name


def test_an_upload_is_told_how_it_is_read(client: TestClient) -> None:
    found = send(client, table())
    (source,) = found["sources"]
    assert (found["name"], found["size"], found["sheets"]) == ("shop.csv", len(table()), [])
    assert source["headers"] == ROWS[0] and source["fields"]["title"] == ["title"] and source["ignored"] == ["Colour family"]
    assert source["samples"]["Colour family"] == ["silver", "gold"]
    assert [one["id"] for one in found["preview"]] == ["A-1", "A-2", "A-2"]
    assert any("Colour family" in note for note in found["notes"])
    chinese = send(client, table(), params={"lang": "zh"})
    assert any("不是商品字段" in note for note in chinese["notes"])
    job = answered(client.get(f"/api/files/{found['id']}"), FILE)
    assert (job["state"], job["done"], job["summary"]) == ("new", 0, None)


def test_the_check_is_that_of_the_command_line(client: TestClient, checked: str, tmp_path: Path) -> None:
    path = tmp_path / "shop.csv"
    path.write_bytes(table())
    told = CliRunner().invoke(cli, ["check", str(path), "--format", "jsonl", "--lang", "en", "--jobs", "1"], standalone_mode=False).stdout
    lines = told.replace(str(path), "shop.csv").splitlines()
    downloaded = client.get(f"/api/files/{checked}/download/findings.jsonl")
    assert downloaded.headers["content-disposition"] == 'attachment; filename="shop-findings.jsonl"'
    mine, theirs = ([json.loads(line) for line in text] for text in (downloaded.text.splitlines(), lines))
    for summary in (mine[-1], theirs[-1]):
        summary.pop("reasons")
    assert mine == theirs
    job = answered(client.get(f"/api/files/{checked}"), FILE)
    assert job["summary"]["by_rule"] == theirs[-1]["by_rule"] and job["summary"]["failed"] is True


def test_listings_are_filtered_and_paged(client: TestClient, checked: str) -> None:
    def found(**query: Any) -> Any:
        return answered(client.get(f"/api/files/{checked}/listings", params=query), LISTINGS)

    every = found()
    assert every["total"] == 3 and [one["ordinal"] for one in every["listings"]] == [0, 1, 2]
    first = every["listings"][0]
    assert first["id"] == "A-1" and first["title"] == ROWS[1][1] and "title-word-order" in first["rules"] and first["findings"] >= len(first["rules"])
    page = found(offset=1, limit=1)
    assert page["total"] == 3 and [one["ordinal"] for one in page["listings"]] == [1]
    assert [one["ordinal"] for one in found(rule="title-word-order")["listings"]] == [0]
    assert {one["ordinal"] for one in found(rule="title-word-order,duplicate-id")["listings"]} == {0, 2}
    assert [one["ordinal"] for one in found(text="BELL brass")["listings"]] == [1]
    assert found(text="bell hose")["total"] == 0 and found(text="' OR 1=1 --")["total"] == 0
    stars = {one["ordinal"]: one["stars"] for one in every["listings"]}
    for low in range(1, 6):
        assert {one["ordinal"] for one in found(stars=f"{low}-5")["listings"]} == {at for at, level in stars.items() if level >= low}
    scores = [one["score"] for one in found(sort="score")["listings"]]
    assert scores == sorted(scores)


@pytest.mark.parametrize(("query", "pointer"), [({"stars": "0"}, "?stars"), ({"stars": "4-2"}, "?stars"), ({"limit": "0"}, "?limit"), ({"limit": "x"}, "?limit"), ({"offset": "-1"}, "?offset"), ({"sort": "id"}, "?sort")])
def test_filters_that_cannot_be(client: TestClient, checked: str, query: dict[str, str], pointer: str) -> None:
    problem = answered(client.get(f"/api/files/{checked}/listings", params=query), LISTINGS, 422)
    assert [error["pointer"] for error in problem["errors"]] == [pointer]


def test_one_listing_with_its_report(client: TestClient, checked: str) -> None:
    found = answered(client.get(f"/api/files/{checked}/listings/2"), LISTING)
    assert found["listing"]["description"] == "=1+1" and found["report"]["record"] == 4
    assert {"duplicate-id", "keyword-separator"} <= {finding["rule"] for finding in found["report"]["findings"]}
    assert found["report"]["advice"][-1]["stars"] > found["report"]["stars"]
    for ordinal in ("3", "-1", "x", "9" * 30):
        answered(client.get(f"/api/files/{checked}/listings/{ordinal}"), LISTING, 404)


def test_downloads(client: TestClient, checked: str) -> None:
    def get(kind: str, **query: Any) -> Any:
        answer = client.get(f"/api/files/{checked}/download/{kind}", params=query)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-disposition"].startswith("attachment; ") and answer.headers["x-content-type-options"] == "nosniff"
        return answer

    findings = get("findings.csv").content
    assert findings.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(findings.decode("utf-8-sig"))))
    assert {row["source"] for row in rows} == {"shop.csv"} and all("/" not in row["source"] for row in rows)
    assert not any(value.startswith(("=", "@")) for row in rows for value in row.values())
    page = get("report.html").text
    assert "Garden Hose" in page and "Content-Security-Policy" in page and "/tmp/" not in page
    book = openpyxl.load_workbook(io.BytesIO(get("annotated.xlsx").content))
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    mended, unsafe = get("mended").text, get("mended", unsafe=1).text
    assert "garden hose, hose" in mended and "Faucet Kitchen Stainless Steel" in mended
    assert "Stainless Steel Kitchen Faucet" in unsafe
    problem = answered(client.get(f"/api/files/{checked}/download/passwd"), DOWNLOAD, 404)
    assert problem["status"] == 404 and "annotated.xlsx" in problem["detail"]


def test_the_events_of_a_check(client: TestClient) -> None:
    name = send(client, table([ROWS[0], *ROWS[1:] * 200]))["id"]
    client.post(f"/api/files/{name}/check", json={})
    told: list[tuple[str, Any]] = []
    with client.stream("GET", f"/api/files/{name}/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream") and stream.headers["cache-control"] == "no-store"
        kind = ""
        for line in stream.iter_lines():
            if line.startswith("event: "):
                kind = line.removeprefix("event: ")
            elif line.startswith("data: "):
                told.append((kind, json.loads(line.removeprefix("data: "))))
    assert told[0][0] == "progress" and set(told[0][1]) == {"phase", "done", "total", "waiting"}
    assert told[-1][0] == "done" and told[-1][1]["summary"]["listings"] == 600
    assert [kind for kind, _ in told[:-1]] == ["progress"] * (len(told) - 1)


def test_the_check_is_cancelled_and_begun_anew(client: TestClient) -> None:
    name = send(client, table([ROWS[0], *ROWS[1:] * 2000]))["id"]
    client.post(f"/api/files/{name}/check", json={})
    assert answered(client.get(f"/api/files/{name}"), FILE)["state"] == "running"
    answered(client.get(f"/api/files/{name}/listings"), LISTINGS, 409)
    assert client.get(f"/api/files/{name}/download/mended").status_code == 409
    assert answered(client.post(f"/api/files/{name}/cancel"), FILE + "/cancel")["state"] == "cancelled"
    with client.stream("GET", f"/api/files/{name}/events") as stream:
        assert "event: cancelled" in "".join(stream.iter_text())
    # A new check takes the place of one that is under way.
    client.post(f"/api/files/{name}/check", json={"select": ["titles"]})
    job = check(client, name, select=["title-word-order"])
    assert job["state"] == "done" and set(job["summary"]["by_rule"]) == {"title-word-order"}


def test_files_are_checked_one_after_the_other(client: TestClient) -> None:
    names = [send(client, table([ROWS[0], *ROWS[1:] * 50]))["id"] for _ in range(3)]
    for name in names:
        client.post(f"/api/files/{name}/check", json={})
    waiting = [client.get(f"/api/files/{name}").json()["waiting"] for name in names]
    assert waiting == sorted(waiting) and waiting[-1] > 0
    client.delete(f"/api/files/{names[1]}")
    end = time.monotonic() + 120
    while client.get(f"/api/files/{names[2]}").json()["state"] == "running":
        assert time.monotonic() < end
        time.sleep(0.1)
    assert client.get(f"/api/files/{names[2]}").json()["state"] == "done"
    assert client.get(f"/api/files/{names[1]}").status_code == 404


def test_columns_are_corrected(client: TestClient) -> None:
    rows = [["id", "title", "Search phrases", "description"], ["1", "Bell Bicycle", "Brass Bicycle Bell", "A bell"], ["2", "Hose Garden", "Garden Hose", "A hose"]]
    name = send(client, table(rows))["id"]
    check(client, name)
    before = answered(client.get(f"/api/files/{name}/listings/0"), LISTING)["listing"]
    assert before["title"] == "Bell Bicycle" and before["description"] == "A bell"
    check(client, name, columns={"title": ["Search phrases"], "keywords": ["title"]})
    after = answered(client.get(f"/api/files/{name}/listings/0"), LISTING)["listing"]
    assert after == {"title": "Brass Bicycle Bell", "keywords": "Bell Bicycle"}
    job = check(client, name, columns={"title": ["Nothing"]})
    assert job["state"] == "failed" and "'Nothing'" in job["problem"]["detail"]
    assert "Nothing" in client.get(f"/api/files/{name}?lang=zh").json()["problem"]["detail"]
    answered(client.post(f"/api/files/{name}/check", json={"columns": {"tilte": ["title"]}}), FILE + "/check", 422)


def test_a_table_without_a_title_is_taken_and_mapped_by_hand(client: TestClient) -> None:
    rows = [["Code", "Was es ist", "Was es ist", "Farbe"], ["1", "Brass Bicycle Bell", "x", "gold"], ["2", "Garden Hose", "y", "green"]]
    found = send(client, table(rows))
    (source,) = found["sources"]
    assert source["headers"] == rows[0] and "title" not in source["fields"] and source["samples"]["Farbe"] == ["gold", "green"]
    assert any("title" in note for note in found["notes"])
    job = check(client, found["id"])
    assert job["state"] == "failed" and job["problem"]["type"].endswith("unreadable-file")
    job = check(client, found["id"], columns={"title": ["Was es ist"]})
    assert job["state"] == "done"
    assert answered(client.get(f"/api/files/{found['id']}/listings/1"), LISTING)["listing"] == {"title": "Garden Hose"}


def workbook(*sheets: tuple[str, list[list[str]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_sheets_of_a_workbook(client: TestClient) -> None:
    content = workbook(("Bells", ROWS[:3]), ("Notes", [["about"], ["nothing"]]), ("Hoses", [ROWS[0], ROWS[3]]))
    found = send(client, content, "家居 shop.xlsx")
    assert found["name"] == "家居 shop.xlsx" and found["sheets"] == ["Bells", "Notes", "Hoses"]
    assert [one["sheet"] for one in found["sources"]] == ["Bells", "Hoses"]
    assert check(client, found["id"])["summary"]["listings"] == 3
    assert check(client, found["id"], sheet="Hoses", columns={"title": ["title"], "keywords": ["keywords"]})["summary"]["listings"] == 1
    mended = client.get(f"/api/files/{found['id']}/download/mended")
    assert "filename*=utf-8''" in mended.headers["content-disposition"].lower()
    book = openpyxl.load_workbook(io.BytesIO(mended.content))
    assert book.sheetnames == ["Bells", "Notes", "Hoses"] and book["Hoses"]["C2"].value == "garden hose, hose"


# --- what is no catalog -----------------------------------------------------------------------------------------------


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (300 << 20))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""), ("nul.csv", b"\x00" * 1000), ("header.csv", b"id,title\n"), ("shop.xlsx", b"not a workbook"), ("shop.xlsx", b"PK\x03\x04" + b"\x00" * 100),
        ("shop.pdf", b"%PDF-1.7 ..."), ("shop.csv", b'title\n"never closed\n' * 10), ("shop.jsonl", b'{"title": "a"}\n{"title": \n'), ("shop.json", b"[" * 100_000),
        ("shop.json", b'{"a":' * 100_000), ("shop.jsonl", b'{"name of it": "a"}\n'), ("shop.parquet", b"PAR1" + b"\x00" * 50), ("shop.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
    ],
)  # fmt: skip
def test_files_that_are_no_catalogs(client: TestClient, name: str, content: bytes) -> None:
    before = set(client.app.state.server.uploads._files)  # type: ignore[attr-defined]
    for lang in ("en", "zh"):
        problem = send(client, content, name, 422, params={"lang": lang})
        assert problem["type"] == "urn:listinglint:problem:unreadable-file" and name in problem["detail"] and "/tmp" not in problem["detail"]
    assert set(client.app.state.server.uploads._files) == before  # type: ignore[attr-defined]


def test_a_workbook_that_unpacks_to_too_much(client: TestClient) -> None:
    assert "MB" in send(client, bomb(), "bomb.xlsx", 422)["detail"]


@pytest.mark.parametrize("name", ["../../etc/passwd.csv", "/etc/passwd.csv", "..\\..\\boot.csv", "a\x01b.csv", ".csv", "", "x" * 500 + ".csv", "a;b,c'd.csv", "<img src=x>.csv", "con.csv", "\u202etxt.csv"])
def test_names_of_uploads_are_only_shown(client: TestClient, name: str) -> None:
    found = send(client, table(), name) if name else answered(client.post("/api/files", content=form(b'form-data; name="file"; filename=""', table()), headers=FORM), status=201)
    assert "/" not in found["name"] and "\\" not in found["name"] and found["name"].isprintable() and 0 < len(found["name"]) <= 150
    root = client.app.state.server.uploads._folder.path  # type: ignore[attr-defined]
    (path,) = (root / str(found["id"])).iterdir()
    assert path.name in ("catalog.csv", "catalog") and path.stat().st_size == len(table())
    assert root.stat().st_mode & 0o777 == 0o700
    client.delete(f"/api/files/{found['id']}")


FORM = {"content-type": "multipart/form-data; boundary=xyz"}


def form(disposition: bytes, content: bytes) -> bytes:
    return b"--xyz\r\nContent-Disposition: " + disposition + b"\r\n\r\n" + content + b"\r\n--xyz--\r\n"


@pytest.mark.parametrize(
    ("headers", "content"),
    [
        (FORM, b""), (FORM, b"--xyz--\r\n"), (FORM, b"nothing"), (FORM, form(b'form-data; name="other"; filename="a.csv"', table())), (FORM, form(b'form-data; name="file"', table())),
        (FORM, form(b'form-data; name="file"; filename="a.csv"', table())[:-9]), (FORM, b"--xyz\r\nContent-Disposition: " + b"x" * 100_000), (FORM, b"--xyz\r\nbroken header\r\n\r\n"),
        ({"content-type": "multipart/form-data"}, form(b'form-data; name="file"; filename="a.csv"', table())), ({"content-type": "multipart/form-data; boundary=" + "x" * 5000}, b"--x"),
    ],
)  # fmt: skip
def test_bodies_that_are_no_form_with_a_file(client: TestClient, headers: dict[str, str], content: bytes) -> None:
    problem = answered(client.post("/api/files", content=content, headers=headers), status=400)
    assert problem["type"] == "urn:listinglint:problem:invalid-request"


def test_an_upload_that_is_too_large(client: TestClient) -> None:
    assert send(client, b"title\n" + b"x" * (3 << 20), status=413)["type"].endswith("too-large")
    answered(client.post("/api/files", content=b"x", headers={"content-type": "text/csv"}), status=415)
    root = client.app.state.server.uploads._folder.path  # type: ignore[attr-defined]
    assert {one.name for one in root.iterdir()} == {"lock", *client.app.state.server.uploads._files}  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["nothing", "..", "%2e%2e", "lock", "%00"])
def test_files_that_are_not_there(client: TestClient, name: str) -> None:
    for method, path in (("GET", ""), ("DELETE", ""), ("GET", "/events"), ("GET", "/listings"), ("GET", "/listings/0"), ("GET", "/download/mended"), ("POST", "/cancel")):
        answer = client.request(method, f"/api/files/{name}{path}")
        assert answer.status_code in (404, 405) and answer.headers["content-type"] == "application/problem+json"


# --- what goes away ---------------------------------------------------------------------------------------------------


def test_a_file_is_deleted(client: TestClient) -> None:
    name = send(client, table())["id"]
    place = client.app.state.server.uploads._folder.path / name  # type: ignore[attr-defined]
    assert place.is_dir()
    assert client.delete(f"/api/files/{name}").status_code == 204
    assert not place.exists()
    answered(client.delete(f"/api/files/{name}"), FILE, 404)


def test_idle_files_go_away_and_the_eldest_makes_room() -> None:
    with TestClient(create_app(), base_url=BASE) as client:
        kept = client.app.state.server.uploads  # type: ignore[attr-defined]
        first = send(client, table())["id"]
        for _ in range(uploads.MOST_UPLOADS - 1):
            kept.new()
        second = send(client, table())["id"]
        assert client.get(f"/api/files/{first}").status_code == 404 and client.get(f"/api/files/{second}").status_code == 200
        kept.sweep(time.monotonic() + uploads.IDLE - 60)
        assert client.get(f"/api/files/{second}").status_code == 200
        kept.sweep(time.monotonic() + uploads.IDLE + 60)
        assert client.get(f"/api/files/{second}").status_code == 404 and [one.name for one in kept._folder.path.iterdir()] == ["lock"]
        root = kept._folder.path
    assert not root.exists()


def test_the_folder_of_a_server_that_was_killed_is_removed_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(folder.tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(folder, "_SETTLED", -1.0)
    dead, other = tmp_path / f"{folder.PREFIX}dead", tmp_path / f"{folder.PREFIX}other"
    for place in (dead, other):
        place.mkdir()
        (place / "upload").write_text("x")
    (dead / "lock").touch()
    living = folder.PrivateFolder()
    path = living.open()
    assert not dead.exists() and other.exists()
    second = folder.PrivateFolder()
    second.open()
    assert path.exists()
    second.close()
    living.close()
    living.close()
    assert [one.name for one in tmp_path.iterdir()] == [other.name]


# --- history ----------------------------------------------------------------------------------------------------------


def test_checks_are_kept_in_the_history(client: TestClient) -> None:
    for day in ("2026-11-24", "2026-11-25"):
        name = send(client, table(), f"exports-{day}.csv")["id"]
        check(client, name)
    found = answered(client.get("/api/history"))
    (catalog,) = [one for one in found["catalogs"] if one["name"] == "exports-{date}.csv"]
    assert len(catalog["runs"]) == 2 and catalog["runs"][0]["listings"] == 3 and catalog["runs"][0]["stars"]


def test_without_a_history_there_are_no_runs(tmp_path: Path) -> None:
    with TestClient(create_app(Options(history=str(tmp_path / "none.sqlite3"))), base_url=BASE) as client:
        assert answered(client.get("/api/history")) == {"catalogs": []}
        (tmp_path / "none.sqlite3").write_bytes(b"no database at all, but a text" * 100)
        assert answered(client.get("/api/history"), status=422)["type"].endswith("invalid-value")


# --- results ----------------------------------------------------------------------------------------------------------


def test_results_hold_any_text(tmp_path: Path) -> None:
    from listinglint.engine import Linter
    from listinglint.engine.catalog import Counts
    from listinglint.model import Listing

    linter, counts, path = Linter(Settings()), Counts(), tmp_path / "results.sqlite"
    writer = ResultWriter(path)
    titles = ["a\x00b", "half \ud800", "ＦＵＬＬ ÄÖ", "", "x" * 300_000]
    for title in titles:
        report = linter.lint(Listing.of({"title": title}))
        counts.add(report)
        writer.add(report)
    writer.finish(counts.summary())
    results = Results(path)
    assert [report.listing.text("title") for report in results.reports()] == titles
    total, rows = results.page(Filter(words=("äö",)), 0, 10)
    assert total == 1 and rows[0]["ordinal"] == 2
    assert len(results.page(Filter(), 4, 1)[1][0]["title"]) <= 500
    assert results.summary().listings == 5 and results.report(5) is None
