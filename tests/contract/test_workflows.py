"""The workflows test every push, audit the dependencies of each release, and attest where its files come from."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
SCRIPTS = sorted((ROOT / ".ci").iterdir())
USED = re.compile(r"^\s*(?:- )?uses: (?P<action>[^@\s]+)@(?P<commit>\S+)(?: # (?P<version>\S+))?$", re.MULTILINE)
PRIVILEGES = ("--privileged", "--cap-add", "--security-opt", "--device", "docker.sock")


def jobs_of(name: str) -> dict[str, Any]:
    jobs: dict[str, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8"))["jobs"]
    return jobs


def all_jobs() -> Iterator[tuple[str, dict[str, Any]]]:
    for file in WORKFLOWS:
        yield from jobs_of(file.name).items()


def container_of(job: dict[str, Any]) -> dict[str, str]:
    container = job.get("container", {})
    return {"image": container} if isinstance(container, str) else container


def commands_of(job: dict[str, Any]) -> list[str]:
    return [step["run"] for step in job.get("steps", []) if "run" in step]


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_a_workflow_is_valid_and_its_jobs_need_only_jobs_of_the_same_workflow(file: Path) -> None:
    workflow = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert set(job.get("needs", [])) <= set(workflow["jobs"])
        assert ("uses" in job) != ("runs-on" in job and "timeout-minutes" in job and len(job["steps"]) > 0)


def test_every_push_runs_all_checks() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "tests.yml").read_text(encoding="utf-8"))
    assert workflow[True]["push"] == {"branches": ["**"]}  # (YAML reads the key `on` as true)
    assert commands_of(workflow["jobs"]["everything"]) == [".ci/run"]
    assert commands_of(workflow["jobs"]["pull-request"])[-1].endswith(".ci/run")


def test_a_pull_request_runs_as_an_ordinary_user_without_additional_rights() -> None:
    jobs = jobs_of("tests.yml")
    assert jobs["everything"]["if"] == "github.event_name != 'pull_request'"
    assert jobs["pull-request"]["if"] == "github.event_name == 'pull_request'"
    assert commands_of(jobs["pull-request"])[-1] == "su tester -c .ci/run"
    for name, job in all_jobs():
        if any(privilege in container_of(job).get("options", "") for privilege in PRIVILEGES):
            assert job["if"] == "github.event_name != 'pull_request'", name


def test_a_pull_request_runs_only_the_test_workflow_and_never_with_the_rights_of_the_repository() -> None:
    for file in WORKFLOWS:
        events = yaml.safe_load(file.read_text(encoding="utf-8"))[True]
        assert "pull_request_target" not in events
        assert "workflow_run" not in events
        assert ("pull_request" in events) == (file.name == "tests.yml")


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_every_action_is_pinned_by_commit_with_its_version_in_a_comment(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    found = list(USED.finditer(text))
    assert len(found) == len(re.findall(r"uses: (?!\./)", text))
    for one in found:
        assert re.fullmatch(r"[0-9a-f]{40}", one["commit"]), one[0]
        assert re.fullmatch(r"v\d+\.\d+\.\d+", one["version"] or ""), one[0]


def test_an_action_has_the_same_version_everywhere() -> None:
    found = {
        (one["action"], one["commit"], one["version"]) for file in WORKFLOWS for one in USED.finditer(file.read_text(encoding="utf-8"))
    }
    assert len(found) == len({action for action, _, _ in found}) >= 5


def test_every_container_is_pinned_by_digest() -> None:
    images = [container_of(job)["image"] for _, job in all_jobs() if "container" in job]
    assert len(images) >= 3
    assert all(re.fullmatch(r"[\w.:-]+@sha256:[0-9a-f]{64}", image) for image in images)
    assert len(set(images)) == 1


def test_every_tool_that_a_workflow_installs_is_pinned_to_a_version() -> None:
    text = "\n".join(file.read_text(encoding="utf-8") for file in (*WORKFLOWS, *SCRIPTS))
    installed = re.findall(r"^[^#\n]*\bpip install (?:-\S+ )*(\S+)$", text, re.MULTILINE)
    assert len(installed) == text.count("pip install") >= 4
    assert len(set(installed)) == 1
    added = re.findall(r" --with (\S+)", text)
    assert len(added) == 2
    assert all(re.fullmatch(r"[\w-]+==\d+(\.\d+)+", tool) for tool in (*installed, *added))


def test_a_file_downloaded_for_a_package_is_checked_before_it_is_used() -> None:
    downloads = [
        command for _, job in all_jobs() for command in commands_of(job) if re.search(r"Invoke-WebRequest|curl|wget|https?://", command)
    ]
    assert len(downloads) == 1
    (command,) = downloads
    after = command[command.index("Invoke-WebRequest") :]
    assert "Get-AuthenticodeSignature $file" in after
    assert re.search(r'if \(\$signature\.Status -ne "Valid"\) \{ throw ', after)
    assert re.search(r'-notmatch "\(\^\|, \)O=Microsoft Corporation\(,\|\$\)"\) \{ throw ', after)


def test_a_release_is_built_from_the_audited_packages_after_tests_and_audit_have_passed() -> None:
    jobs = jobs_of("release.yml")
    assert commands_of(jobs["audit"])[-2:] == ["uv lock", ".ci/audit"]
    assert jobs["tests"] == {"needs": ["audit"], "uses": "./.github/workflows/tests.yml", "with": {"lock": "lock"}}
    (fetched,) = (step for step in jobs_of("tests.yml")["everything"]["steps"] if "download-artifact@" in step.get("uses", ""))
    assert fetched["if"] == "inputs.lock"
    assert fetched["with"] == {"name": "${{ inputs.lock }}"}
    assert jobs["publish"]["needs"] == ["build-linux", "build-elsewhere"]
    for build in (jobs["build-linux"], jobs["build-elsewhere"]):
        assert build["needs"] == ["tests", "audit"]
        assert all("--locked" in command for command in commands_of(build) if "uv run" in command)


def test_a_release_has_checksums_and_a_list_of_its_contents() -> None:
    jobs = jobs_of("release.yml")
    assert any("cyclonedx-py environment" in command for command in commands_of(jobs["build-linux"]))
    assert any("sha256sum" in command for command in commands_of(jobs["publish"]))


def test_a_release_attests_where_its_files_come_from_and_includes_its_list_of_packages() -> None:
    fetch, note, attest, create = jobs_of("release.yml")["publish"]["steps"]
    assert fetch["with"]["pattern"] == "{linux,windows,macos,lock}"
    assert note["run"] == "cd packages && sha256sum -- * > SHA256SUMS"
    assert attest["uses"].startswith("actions/attest-build-provenance@")
    assert attest["with"] == {"subject-path": "packages/*"}
    assert create["run"].endswith(" packages/*")


def test_only_the_publishing_job_may_write_and_it_has_only_the_rights_that_it_needs() -> None:
    assert {name for name, job in all_jobs() if "permissions" in job} == {"publish"}
    assert jobs_of("release.yml")["publish"]["permissions"] == {"contents": "write", "id-token": "write", "attestations": "write"}


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="this is not a checkout")
def test_the_list_of_packages_is_never_committed() -> None:
    assert subprocess.run(["git", "check-ignore", "-q", "uv.lock"], cwd=ROOT, check=False).returncode == 0
    assert subprocess.run(["git", "ls-files", "uv.lock"], cwd=ROOT, check=True, capture_output=True).stdout == b""


def test_the_audit_fails_if_it_cannot_check_a_package() -> None:
    script = (ROOT / ".ci" / "audit").read_text(encoding="utf-8")
    (call,) = (line for line in script.splitlines() if " pip-audit " in line and not line.startswith("#"))
    assert " --strict " in call
    assert "||" not in call
    assert "set -euo pipefail" in script


@pytest.mark.skipif(os.name == "nt", reason="Windows has no execute permission")
@pytest.mark.parametrize("name", ["run", "packages", "audit"])
def test_the_scripts_of_the_workflows_are_executable(name: str) -> None:
    assert os.access(ROOT / ".ci" / name, os.X_OK)
