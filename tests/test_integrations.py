"""What runs listinglint elsewhere: the hooks, the action and every example of docs/integrations, run as far as one machine can."""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from pre_commit import clientlib
from test_fix_cli import MENDED, TABLE

from listinglint.history import History
from listinglint.reports import ENDINGS

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "docs" / "integrations"
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
OUTSIDE = ("actions/checkout@", "actions/setup-python@", "actions/upload-artifact@", "github/codeql-action/upload-sarif@")


def blocks(page: str, language: str) -> list[str]:
    """The fenced blocks of a page in this language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", (PAGES / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder with the programs that an installation gives; its pip installs nothing."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, line in (("listinglint", f'exec "{sys.executable}" -m listinglint "$@"'), ("python", f'exec "{sys.executable}" "$@"'), ("pip", '[ "$1" = install ]')):
        (folder / name).write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A git repository with feeds in its second commit, of which the first had less."""
    folder = tmp_path / "project"
    (folder / "feeds").mkdir(parents=True)
    git(folder, "init", "-q")
    (folder / "feeds" / "products.csv").write_bytes(MENDED.encode())
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "feeds")
    (folder / "feeds" / "products.csv").write_bytes(TABLE.encode())
    (folder / "listinglint.toml").write_text("", encoding="utf-8")
    shutil.copy(ROOT / "examples" / "products.xlsx", folder / "feeds" / "spring.xlsx")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "more")
    return folder


def git(folder: Path, *arguments: str) -> str:
    names = ("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main")
    return subprocess.run(["git", *names, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def bash(script: str, folder: Path, **environment: object) -> subprocess.CompletedProcess[str]:
    """Runs a script as the services do."""
    known = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "CI_", "GITLAB_", "INPUT_"))}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=120,
        env={**known, **{name: str(value) for name, value in environment.items()}},
    )  # fmt: skip


def with_tools(tools: Path) -> dict[str, str]:
    return {"PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}


# --- pre-commit ---


def hooks() -> dict[str, dict[str, Any]]:
    return {hook["id"]: hook for hook in clientlib.load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))}


def test_hooks_choose_catalogs() -> None:
    assert set(hooks()) == {"listinglint", "listinglint-fix"}
    for hook in hooks().values():
        assert hook["language"] == "python" and hook["require_serial"]
        for name in ("a.csv", "feeds/b.XLSX", "c.tsv", "d.jsonl", "e.ndjson"):
            assert re.search(hook["files"], name)
        for name in ("a.py", "csv", "a.csv.bak", "b.json"):
            assert not re.search(hook["files"], name)
    assert re.search(hooks()["listinglint"]["files"], "f.parquet") and not re.search(hooks()["listinglint-fix"]["files"], "f.parquet")


def test_hooks_do_what_they_say(tools: Path, project: Path) -> None:
    files = "feeds/products.csv feeds/spring.xlsx"
    found = bash(f"{hooks()['listinglint']['entry']} --select text {files}", project, **with_tools(tools))
    assert found.returncode == 1 and "untidy-spacing" in found.stdout and found.stderr == ""
    mended = bash(f"{hooks()['listinglint-fix']['entry']} {files}", project, **with_tools(tools))
    assert mended.returncode == 0 and (project / "feeds" / "products.csv").read_bytes() == MENDED.encode()
    assert "feeds/products.csv" in git(project, "diff", "--name-only").splitlines()
    again = bash(f"{hooks()['listinglint-fix']['entry']} {files}", project, **with_tools(tools))
    assert again.stderr.count("nothing to mend") == 2


@pytest.mark.parametrize("block", blocks("pre-commit.md", "yaml"))
def test_examples_of_pre_commit(block: str, tmp_path: Path, tools: Path, project: Path) -> None:
    path = tmp_path / ".pre-commit-config.yaml"
    path.write_text(block, encoding="utf-8")
    for repository in clientlib.load_config(str(path))["repos"]:
        for chosen in repository["hooks"]:
            hook = hooks()[chosen["id"]]
            assert set(chosen) <= {"id", "files", "args", "pass_filenames"}
            passed = ["feeds/products.csv"] if chosen.get("pass_filenames", True) else []
            assert all(re.search(chosen["files"], name) for name in passed)
            done = bash(" ".join([hook["entry"], *chosen.get("args", []), *passed]), project, **with_tools(tools))
            assert done.returncode in (0, 1), done.stderr


@pytest.fixture
def lent(tmp_path: Path) -> dict[str, str]:
    """Settings under which pip installs listinglint alone and offline: what it needs, and what builds it, is lent from here."""
    folder = tmp_path / "lent"
    folder.mkdir()
    packages = Path(yaml.__file__).parents[1]
    for one in packages.iterdir():
        if not re.match(r"_?_?(editable|listinglint|pip|setuptools)\b|.*\.pth$", one.name):
            (folder / one.name).symlink_to(one)
    # Of all its settings, pip reads this one the other way round: 0 is without isolation.
    return {"PYTHONPATH": str(folder), "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_NO_INDEX": "1"}


@pytest.mark.slow
@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a checkout")
def test_pre_commit_runs_the_hooks(project: Path, tmp_path: Path, lent: dict[str, str]) -> None:
    trusted = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"}
    command = f'"{sys.executable}" -m pre_commit try-repo "{ROOT}" --all-files --verbose --color never'
    done = bash(command, project, **lent, **trusted, PRE_COMMIT_HOME=tmp_path / "home")
    assert done.returncode == 1, done.stdout + done.stderr
    assert re.search(r"^listinglint\.+Failed$", done.stdout, re.MULTILINE) and "keyword-separator" in done.stdout, done.stdout
    assert re.search(r"^listinglint fix\.+Failed$", done.stdout, re.MULTILINE) and "files were modified by this hook" in done.stdout
    assert (project / "feeds" / "products.csv").read_bytes() == MENDED.encode()


# --- GitHub Actions ---


def test_the_action_is_well_formed() -> None:
    assert set(ACTION) == {"name", "description", "author", "branding", "inputs", "outputs", "runs"}
    assert len(ACTION["description"]) < 125
    for one in ACTION["inputs"].values():
        assert set(one) <= {"description", "default", "required"} and isinstance(one["default"], str)
    assert ACTION["runs"]["using"] == "composite"
    steps = ACTION["runs"]["steps"]
    used = set()
    for step in steps:
        assert set(step) == {"name", "id", "shell", "env", "run"} and step["shell"] == "bash"
        # Inputs reach the script as variables only: pasted into it, they could run anything.
        assert "${{" not in step["run"]
        used |= set(re.findall(r"inputs\.([\w-]+)", json.dumps(step["env"])))
        assert all(name in step["run"] for name in step["env"])
        assert subprocess.run(["bash", "-n"], input=step["run"], text=True, check=False).returncode == 0
    assert used == set(ACTION["inputs"])
    for output in ACTION["outputs"].values():
        step, name = re.fullmatch(r"\$\{\{ steps\.(\w+)\.outputs\.([\w-]+) \}\}", output["value"]).groups()  # type: ignore[union-attr]
        assert f"{name}=" in next(one["run"] for one in steps if one["id"] == step)


class Job:
    """One use of the action in a job: its steps run one after the other, outputs passed on."""

    def __init__(self, folder: Path, scratch: Path, tools: Path | None = None) -> None:
        self.folder, self.scratch = folder, scratch
        self.outputs = {"install": {"bin": str(tools)}} if tools else {}
        self.summary = scratch / "summary.md"

    def step(self, name: str, **inputs: str) -> subprocess.CompletedProcess[str]:
        step = next(one for one in ACTION["runs"]["steps"] if one["id"] == name)
        given = {one: value["default"] for one, value in ACTION["inputs"].items()} | {one.replace("_", "-"): value for one, value in inputs.items()}
        assert set(given) == set(ACTION["inputs"])

        def value(match: re.Match[str]) -> str:
            if match[1] == "inputs":
                return given[match[2]]
            number, _, output = match[2].partition(".outputs.")
            return self.outputs[number][output]

        environment = {one: re.sub(r"\$\{\{ (inputs|steps)\.([\w.-]+) \}\}", value, text) for one, text in step["env"].items()}
        results = self.scratch / f"{name}.txt"
        done = bash(
            step["run"], self.folder, **environment, GITHUB_ACTIONS="true", GITHUB_WORKSPACE=self.folder, GITHUB_STEP_SUMMARY=self.summary, GITHUB_OUTPUT=results,
            GITHUB_ACTION_PATH=ROOT, RUNNER_TEMP=self.scratch,
        )  # fmt: skip
        if results.exists():
            self.outputs[name] = dict(line.split("=", 1) for line in results.read_text(encoding="utf-8").splitlines())
        return done


def test_the_action_checks_annotates_and_summarises(project: Path, tmp_path: Path, tools: Path) -> None:
    job = Job(project, tmp_path, tools)
    done = job.step("check", paths="feeds/*.csv\n\nfeeds/spring.xlsx\n", report="out.html", args="--max-failing 2% --columns 'title=title'")
    assert done.returncode == 1 and job.outputs["check"] == {"exit-code": "1"}, done.stderr
    assert re.search(r"^::(warning|error) file=feeds/products\.csv,", done.stdout, re.MULTILINE)
    assert re.search(r"^::(warning|error) file=feeds/spring\.xlsx,", done.stdout, re.MULTILINE)
    assert "--max-failing" in job.summary.read_text(encoding="utf-8")
    assert (project / "out.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    done = Job(project, tmp_path, tools).step("check", paths="feeds", fail_on="never", lang="zh")
    assert done.returncode == 0 and "条产品" in done.stdout


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ({}, ["check", "--no-progress", "--format", "github", "--", "."]),
        (
            {"paths": " \na b.csv\n$(touch pwned)\n'\"; touch pwned; #\n", "marketplace": "amazon; touch pwned", "lang": "zh", "fail_on": "error",
             "baseline": "base line.json", "changed_since": "`touch pwned`", "report": "a b.html\n\n; touch pwned.md\n", "format": "text", "args": "--columns 'title=A, B' \"$(touch pwned)\" --stars 1-2"},
            ["check", "--no-progress", "--format", "text", "--marketplace", "amazon; touch pwned", "--lang", "zh", "--fail-on", "error", "--baseline", "base line.json",
             "--changed-since", "`touch pwned`", "--columns", "title=A, B", "$(touch pwned)", "--stars", "1-2", "--report", "a b.html",
             "--report", "; touch pwned.md", "--",
             "a b.csv", "$(touch pwned)", "'\"; touch pwned; #"],
        ),
    ],
)  # fmt: skip
def test_inputs_of_the_action_are_words_and_never_commands(project: Path, tmp_path: Path, tools: Path, inputs: dict[str, str], words: list[str]) -> None:
    (tools / "listinglint").write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n', encoding="utf-8")
    done = Job(project, tmp_path, tools).step("check", **inputs)
    assert done.returncode == 0 and done.stdout.splitlines() == words
    assert not list(tmp_path.rglob("pwned"))


def test_the_action_names_what_is_wrong(project: Path, tmp_path: Path, tools: Path) -> None:
    open_quote = Job(project, tmp_path, tools).step("check", args="--columns 'title")
    assert open_quote.returncode == 2 and "::error::args: a quote is not closed" in open_quote.stdout
    nothing = Job(project, tmp_path, tools).step("check", paths="none.csv", report="out.html")
    assert nothing.returncode == 2 and "there is no such file" in nothing.stderr and not (project / "out.html").exists()


def test_the_action_wants_a_python_that_is_new_enough(project: Path, tmp_path: Path, tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tools / "python3").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (tools / "python3").chmod(0o755)
    monkeypatch.setenv("PATH", with_tools(tools)["PATH"])
    done = Job(project, tmp_path).step("install")
    assert done.returncode == 2 and "needs Python 3.11" in done.stdout


@pytest.mark.slow
def test_the_action_installs_its_own_checkout(project: Path, tmp_path: Path, lent: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in lent.items():
        monkeypatch.setenv(name, value)
    job = Job(project, tmp_path)
    done = job.step("install")
    assert done.returncode == 0, done.stdout + done.stderr
    folder = Path(job.outputs["install"]["bin"])
    assert folder.is_relative_to(tmp_path)
    done = job.step("check", paths="feeds/products.csv")
    assert done.returncode == 1 and "::error file=feeds/products.csv" in done.stdout, done.stderr
    assert "keyword-separator" in job.summary.read_text(encoding="utf-8")


def uses(block: str) -> list[dict[str, Any]]:
    """The steps of the only job of a workflow, known ones from elsewhere left out."""
    workflow = yaml.safe_load(block)
    # YAML takes a bare `on` for true.
    assert set(workflow) == {"name", True, "jobs"}
    (job,) = workflow["jobs"].values()
    assert set(job) <= {"runs-on", "permissions", "steps"}
    for step in job["steps"]:
        assert len({"uses", "run"} & set(step)) == 1 and set(step) <= {"name", "uses", "run", "with", "if"}
    return [step for step in job["steps"] if not step.get("uses", "").startswith(OUTSIDE)]


@pytest.mark.slow
@pytest.mark.parametrize("block", blocks("github-actions.md", "yaml"))
def test_examples_of_workflows(block: str, project: Path, tmp_path: Path, tools: Path) -> None:
    base = git(project, "rev-parse", "HEAD~1")
    steps = uses(block)
    assert steps
    for step in steps:
        if "run" in step:
            done = bash(step["run"], project, **with_tools(tools), GITHUB_ACTIONS="true", GITHUB_WORKSPACE=project)
            assert done.returncode in (0, 1), done.stderr
            continue
        assert step["uses"].startswith("listinglint/listinglint@")
        given = {name.replace("-", "_"): value.replace("${{ github.event.pull_request.base.sha }}", base) for name, value in step["with"].items()}
        done = Job(project, tmp_path, tools).step("check", **given)
        assert done.returncode in (0, 1), done.stderr
        if "report" in given:
            assert Path(given["report"]).suffix in ENDINGS and (project / given["report"]).stat().st_size > 1000


# --- GitLab ---


@pytest.mark.slow
@pytest.mark.parametrize("block", blocks("gitlab-ci.md", "yaml"))
def test_examples_of_pipelines(block: str, project: Path, tools: Path) -> None:
    for job in yaml.safe_load(block).values():
        assert set(job) <= {"image", "variables", "cache", "before_script", "script", "artifacts", "rules"}
        variables = {name: value.replace("$CI_PROJECT_DIR", str(project)) for name, value in job.get("variables", {}).items()}
        # Each run of a job finds what the cache kept of the one before.
        for _ in range(2):
            for script in (*job["before_script"], *job["script"]):
                done = bash(script, project, **with_tools(tools), **variables, GITLAB_CI="true", CI_PROJECT_DIR=project)
                assert done.returncode in (0, 1) and "Traceback" not in done.stderr, done.stderr
        artifacts = job.get("artifacts", {})
        for name in (*artifacts.get("reports", {}).values(), *artifacts.get("paths", [])):
            assert (project / name).stat().st_size > 200
        if "codequality" in artifacts.get("reports", {}):
            found = json.loads((project / artifacts["reports"]["codequality"]).read_text(encoding="utf-8"))
            assert {one["location"]["path"] for one in found} == {"feeds/products.csv", "feeds/spring.xlsx"}
        for name in job.get("cache", {}).get("paths", []):
            if name.endswith(".sqlite3"):
                assert len(History(project / name).runs()) == 2


# --- Make ---


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("make") is None, reason="no make on this machine")
def test_the_makefile(project: Path, tools: Path) -> None:
    (block,) = blocks("make.md", "make")
    (project / "Makefile").write_text(block, encoding="utf-8")

    def make(target: str) -> subprocess.CompletedProcess[str]:
        return bash(f"make {target}", project, **with_tools(tools))

    assert make("check").returncode == 2
    assert make("reports").returncode == 0
    pages = sorted((project / "reports").iterdir())
    assert [page.name for page in pages] == ["products.csv.html", "spring.xlsx.html"]
    assert "Nothing to be done" in make("reports").stdout
    assert make("fix").returncode == 0 and (project / "feeds" / "products.csv").read_bytes() == MENDED.encode()
    again = make("reports")
    assert "feeds/products.csv" in again.stdout
    first, second = make("trend"), make("trend")
    assert first.returncode == second.returncode == 0 and "project" not in second.stderr
    assert "feeds · alibaba" in second.stdout and len(History(project / "history.sqlite3").runs()) == 2


# --- the notebook ---


def test_the_notebook_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notebook = json.loads((PAGES / "pandas.ipynb").read_text(encoding="utf-8"))
    assert (notebook["nbformat"], set(notebook)) == (4, {"nbformat", "nbformat_minor", "metadata", "cells"})
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    (tmp_path / "docs" / "integrations").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "docs" / "integrations")
    names: dict[str, Any] = {}
    for cell in notebook["cells"]:
        assert {"cell_type", "id", "metadata", "source"} <= set(cell)
        if cell["cell_type"] != "code":
            continue
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            last = run_cell("".join(cell["source"]), names)
        # What is kept in the notebook is what its reader gets: something where something is shown, and no errors.
        kept = {output["output_type"] for output in cell["outputs"]}
        assert kept <= {"execute_result", "stream"}
        assert ("execute_result" in kept) == (last is not None) and ("stream" in kept) == bool(said.getvalue())
    assert len(names["findings"]) > 100 and (tmp_path / "docs" / "integrations" / "worklist.csv").exists()


def run_cell(source: str, names: dict[str, Any]) -> Any:
    """Runs a cell as a notebook does: the value of an expression that it ends with is shown."""
    tree = ast.parse(source)
    shown = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(shown.value), "cell", "eval"), names) if isinstance(shown, ast.Expr) else None


def test_the_pages_are_linked() -> None:
    index = (PAGES / "index.md").read_text(encoding="utf-8")
    for page in PAGES.iterdir():
        assert page.name == "index.md" or f"({page.name})" in index
