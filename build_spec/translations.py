"""Updates the window's translations from the texts in the code, and compiles them.

uv run python build_spec/translations.py

New texts are marked as unfinished in resources/translations/*.ts. Translate them there (PySide6 has an editor, `pyside6-linguist`), then
run this script again, and commit the `.ts` and `.qm` files.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import astuple
from pathlib import Path

from breakhis_desktop.domain.engines import CPU, DEVICES
from breakhis_desktop.domain.notice import RESEARCH_USE
from breakhis_desktop.domain.operating_curve import CUSTOM_POINT
from breakhis_desktop.domain.records import Status
from breakhis_desktop.domain.taxonomy import SUBTYPES, Decision
from breakhis_desktop.domain.truth import OFFICIAL_NAME
from breakhis_desktop.evaluation.operating import OPERATING_POINTS
from breakhis_desktop.ui.look.words import WORDING, WORDS
from breakhis_desktop.ui.state.job import JobStage
from breakhis_desktop.wording.codes import CODES
from breakhis_desktop.wording.message import AND, Wording

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("breakhis_desktop/app.py", "breakhis_desktop/ui")
FOLDER = ROOT / "resources" / "translations"


def tool(name: str) -> str | None:
    """Return the path of a PySide6 tool; None if it is not installed."""
    return shutil.which(name, path=Path(sys.executable).parent) or shutil.which(name)


def templates() -> list[str]:
    """Return the templates of all messages: the parts of their wordings, which the window translates one by one."""
    wordings = [AND, *(code.wording for code in CODES.values())]
    parts = [astuple(wording) if isinstance(wording, Wording) else (wording,) for wording in wordings]
    return list(dict.fromkeys(part for wording in parts for part in wording if part))


def words() -> list[str]:
    """Return the words and fixed texts of the domain that the window shows."""
    subtypes = [name for subtype in SUBTYPES for name in (subtype.name, subtype.name.lower())]
    devices = [name for device in DEVICES.values() if device.name != CPU for name in (device.words, f"ONNX Runtime on {device.words}")]
    stages = [stage.name.lower() for stage in JobStage]
    return list(
        dict.fromkeys([*Decision, *Status, *subtypes, *devices, *stages, *OPERATING_POINTS, CUSTOM_POINT, OFFICIAL_NAME, RESEARCH_USE])
    )


def update(catalogue: Path) -> None:
    """Add the texts in the code to a catalogue, and remove texts that the code no longer contains."""
    options = ["-extensions", "py", "-locations", "none", "-no-obsolete", "-silent", "-source-language", "en", "-target-language", "pt"]
    with tempfile.TemporaryDirectory() as folder:
        listing = Path(folder, "messages.py")
        entries = [*((WORDING, part) for part in templates()), *((WORDS, word) for word in words())]
        listing.write_text("".join(f"QT_TRANSLATE_NOOP({context!r}, {json.dumps(text)})\n" for context, text in entries), encoding="utf-8")
        subprocess.run([str(tool("pyside6-lupdate")), *options, *SOURCES, str(listing), "-ts", str(catalogue)], cwd=ROOT, check=True)


def compile_catalogue(catalogue: Path, target: Path) -> None:
    """Compile a catalogue to the form that the program reads."""
    subprocess.run([str(tool("pyside6-lrelease")), "-silent", str(catalogue), "-qm", str(target)], cwd=ROOT, check=True)


if __name__ == "__main__":
    for one in sorted(FOLDER.glob("*.ts")):
        update(one)
        compile_catalogue(one, one.with_suffix(".qm"))
