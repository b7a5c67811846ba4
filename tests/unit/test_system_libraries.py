"""The message to the user if the system lacks a library that Qt links to."""

import re
from pathlib import Path

import pytest

from breakhis_desktop import system_libraries
from breakhis_desktop.system_libraries import PACKAGES, lacking

README = Path(__file__).parents[2] / "README.md"


def test_the_command_in_the_readme_installs_the_packages_of_all_libraries() -> None:
    (command,) = re.findall(r"^sudo apt-get install (.*?)$\n(?!    )", README.read_text(encoding="utf-8").replace("\\\n", ""), re.MULTILINE)
    assert set(command.split()) >= set(PACKAGES.values())


def test_one_message_names_the_packages_of_all_missing_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(system_libraries, "_loads", lambda name: "xcb" not in name)
    assert str(lacking()).endswith("sudo apt-get install libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0")


def test_a_library_whose_package_is_unknown_is_named_as_the_loader_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(system_libraries, "_loads", lambda _name: True)
    words = "libodd-2.so.0: cannot open shared object file: No such file or directory"
    assert str(lacking(words)) == "The system lacks libodd-2.so.0, which the window needs; install the package that contains it."
    assert lacking("No module named 'odd'") is None
