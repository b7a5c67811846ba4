"""Makes a Debian package and a portable archive of the frozen program."""

import gzip
import os
import shutil
import subprocess
import tarfile
from pathlib import Path
from string import Template

from project import OUT, PACKAGES, ROOT, Project, has_tensorflow, read_project

HERE = Path(__file__).resolve().parent
TREE = OUT / "deb"
OTHER_PACKAGE = {"breakhis-desktop": "breakhis-desktop-light", "breakhis-desktop-light": "breakhis-desktop"}
"""Each of the two Debian packages, mapped to the other, which it replaces; the light package contains no TensorFlow."""

_EPOCH = 1_767_225_600
"""The time stamp in the packages, 2026-01-01; it is fixed so that the same program always gives the same bytes."""


def package_linux(program: Path) -> list[Path]:
    """Make the Debian package and the archive of a frozen program, and return their paths."""
    project = read_project()
    name = project.name if has_tensorflow(program) else f"{project.name}-light"
    PACKAGES.mkdir(parents=True, exist_ok=True)
    return [make_deb(project, name, program), make_archive(project, name, program)]


def make_deb(project: Project, name: str, program: Path) -> Path:
    """Lay out the files as they are to be installed, and have dpkg-deb pack them."""
    shutil.rmtree(TREE, ignore_errors=True)
    shutil.copytree(program, TREE / "usr/lib/breakhis-desktop", symlinks=True)
    _link_commands(TREE / "usr/bin")
    _copy(HERE / "breakhis-desktop.desktop", TREE / "usr/share/applications")
    _copy(ROOT / "resources/icons/breakhis-desktop.svg", TREE / "usr/share/icons/hicolor/scalable/apps")
    _fill(HERE / "metainfo.xml", TREE / "usr/share/metainfo/io.github.breakhis_desktop.metainfo.xml", project, name)
    _copy(ROOT / "LICENSE", TREE / "usr/share/doc" / name, "copyright")
    _write_changelog(TREE / "usr/share/doc" / name / "changelog.gz")
    _fill(HERE / "control", TREE / "DEBIAN/control", project, name)
    for script in ("postinst", "prerm"):
        _copy(HERE / script, TREE / "DEBIAN").chmod(0o755)
    for path in (TREE, *TREE.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    target = PACKAGES / f"{name}_{project.version}_amd64.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z9", "--build", str(TREE), str(target)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "SOURCE_DATE_EPOCH": str(_EPOCH)})
    shutil.rmtree(TREE)
    return target


def make_archive(project: Project, name: str, program: Path) -> Path:
    """Pack the folder as it is, for places where nothing may be installed."""
    target = PACKAGES / f"{name}-{project.version}-linux-x86_64.tar.gz"
    with tarfile.open(target, "w:gz", compresslevel=6) as archive:
        archive.add(program, f"{name}-{project.version}", filter=_anonymous)
    return target


def _anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    entry.mtime = _EPOCH
    return entry


def _link_commands(folder: Path) -> None:
    folder.mkdir(parents=True)
    for command in ("breakhis-desktop", "breakhis-classify"):
        (folder / command).symlink_to(f"../lib/breakhis-desktop/{command}")


def _copy(file: Path, folder: Path, name: str = "") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(file, folder / (name or file.name)))


def _fill(template: Path, target: Path, project: Project, name: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    installed = sum(file.lstat().st_size for file in TREE.rglob("*")) // 1024
    facts = {"name": name, "version": project.version, "description": project.description, "size": installed, "other": OTHER_PACKAGE[name]}
    target.write_text(Template(template.read_text(encoding="utf-8")).substitute(facts), encoding="utf-8")


def _write_changelog(target: Path) -> None:
    with gzip.GzipFile(target, "wb", mtime=_EPOCH) as stream:
        stream.write((ROOT / "CHANGELOG.md").read_bytes())
