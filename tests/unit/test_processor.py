"""A processor without the instructions that a library needs is detected before the library crashes the process."""

import ctypes
import subprocess
import sys
from pathlib import Path

import pytest

from breakhis_desktop import processor
from breakhis_desktop.processor import AVX, SSE4_2, lacks

CORE_2 = (
    "processor\t: 0\nmodel name\t: Core 2 Duo\nflags\t\t: fpu sse sse2 ssse3 sse4_1 lahf_lm\n\nprocessor\t: 1\nflags\t\t: avx sse4_2\n\n"
)
NEHALEM = CORE_2.replace("sse4_1", "sse4_1 sse4_2")
ARM = "processor\t: 0\nFeatures\t: fp asimd evtstrm\n\n"


@pytest.fixture
def cpu_info(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file for a test to write, which stands in for the system's description of its processors; glibc is not asked."""

    def no_function(_name: str) -> None:
        raise OSError

    monkeypatch.setattr(processor, "CPU_INFO", tmp_path / "cpuinfo")
    monkeypatch.setattr(ctypes, "CDLL", no_function)
    lacks.cache_clear()
    return tmp_path / "cpuinfo"


@pytest.fixture(autouse=True)
def _forget() -> None:
    lacks.cache_clear()


def test_the_processor_of_these_tests_has_what_numpy_needs() -> None:
    assert not lacks(SSE4_2)


@pytest.mark.parametrize(("described", "lacking"), [(CORE_2, {SSE4_2, AVX}), (NEHALEM, {AVX}), (NEHALEM.replace("fpu", "avx"), set())])
def test_features_that_the_first_processor_does_not_list_are_lacking(cpu_info: Path, described: str, lacking: set[str]) -> None:
    cpu_info.write_text(described, encoding="ascii")
    assert {feature for feature in (SSE4_2, AVX) if lacks(feature)} == lacking


@pytest.mark.parametrize("described", [ARM, "", None])
def test_an_unknown_processor_is_assumed_to_lack_nothing(cpu_info: Path, described: str | None) -> None:
    if described is not None:
        cpu_info.write_text(described, encoding="ascii")
    assert not lacks(SSE4_2)
    assert not lacks(AVX)


@pytest.mark.skipif(not Path("/proc/cpuinfo").exists(), reason="only Linux describes its processors in a file")
def test_glibc_and_the_system_agree_on_the_features_of_the_processor() -> None:
    try:
        answers = {feature: processor._has_by_glibc(feature) for feature in (SSE4_2, AVX)}
    except AttributeError:
        pytest.skip("this C library does not report the features of the processor")
    assert answers == {feature: processor._has_by_cpu_info(feature) for feature in (SSE4_2, AVX)}


def test_the_program_ends_with_a_report_if_the_processor_lacks_what_numpy_needs() -> None:
    program = (
        "import sys, types; from importlib.machinery import PathFinder\n"
        "spec = PathFinder.find_spec('breakhis_desktop', sys.path); package = types.ModuleType('breakhis_desktop')\n"
        "package.__path__ = list(spec.submodule_search_locations); sys.modules['breakhis_desktop'] = package\n"
        "import breakhis_desktop.processor as processor\n"
        "processor.lacks = lambda feature: feature == processor.SSE4_2\n"
        "try:\n    spec.loader.exec_module(package)\n"
        "finally:\n    print('numpy' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "False\n")
    assert done.stderr == "BreakHis Desktop cannot run on this computer: its processor lacks SSE4.2. Use a computer of 2012 or later.\n"
