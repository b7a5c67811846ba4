"""The workflows run the tests on every push, and release nothing whose packages could not be checked."""

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def jobs_of(name: str) -> dict[str, Any]:
    jobs: dict[str, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8"))["jobs"]
    return jobs


def commands_of(job: dict[str, Any]) -> list[str]:
    return [step["run"] for step in job["steps"] if "run" in step]


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_a_workflow_can_be_read_and_needs_only_jobs_that_it_has(file: Path) -> None:
    workflow = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert set(job.get("needs", [])) <= set(workflow["jobs"])
        assert ("uses" in job) != ("runs-on" in job and "timeout-minutes" in job and len(job["steps"]) > 0)


def test_every_push_runs_all_that_must_hold() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "tests.yml").read_text(encoding="utf-8"))
    assert workflow[True]["push"] == {"branches": ["**"]}  # (YAML reads `on` as true)
    assert commands_of(workflow["jobs"]["everything"]) == [".ci/run"]


def test_nothing_is_built_before_tests_and_audit_have_passed_and_it_is_what_was_audited() -> None:
    jobs = jobs_of("release.yml")
    assert jobs["tests"] == {"uses": "./.github/workflows/tests.yml"}
    assert commands_of(jobs["audit"])[-2:] == ["uv lock", ".ci/audit"]
    assert jobs["publish"]["needs"] == ["build-linux", "build-elsewhere"]
    for build in (jobs["build-linux"], jobs["build-elsewhere"]):
        assert build["needs"] == ["tests", "audit"]
        assert all("--locked" in command for command in commands_of(build) if "uv run" in command)


def test_a_release_has_checksums_and_a_list_of_what_is_inside() -> None:
    jobs = jobs_of("release.yml")
    assert any("cyclonedx-py environment" in command for command in commands_of(jobs["build-linux"]))
    assert any("sha256sum" in command for command in commands_of(jobs["publish"]))


def test_the_audit_fails_on_a_package_that_it_could_not_check() -> None:
    script = (ROOT / ".ci" / "audit").read_text(encoding="utf-8")
    (call,) = (line for line in script.splitlines() if " pip-audit " in line and not line.startswith("#"))
    assert " --strict " in call
    assert "||" not in call
    assert "set -euo pipefail" in script


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no executable scripts")
@pytest.mark.parametrize("name", ["run", "audit"])
def test_the_scripts_of_the_workflows_can_be_started(name: str) -> None:
    assert os.access(ROOT / ".ci" / name, os.X_OK)
