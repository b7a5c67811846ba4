from pathlib import Path

import pytest

from breakhis_desktop.errors import UserError
from breakhis_desktop.pipeline.check_outputs import check_outputs


def test_outputs_of_their_own_pass(tmp_path: Path) -> None:
    check_outputs([tmp_path / "a.csv", tmp_path / "a.pdf"], tmp_path / "run.sqlite", [tmp_path])


@pytest.mark.parametrize(
    ("outputs", "store", "words"),
    [
        (["a.out", "a.out"], None, "named twice"),
        (["run.sqlite"], "run.sqlite", "named twice"),
        (["field.png"], None, "no image is replaced"),
        (["."], None, "is a folder"),
        (["absent/a.csv"], None, "its folder is not there"),
        ([], "absent/run.sqlite", "its folder is not there"),
    ],
)
def test_what_cannot_be_written_is_told_before_the_run(tmp_path: Path, outputs: list[str], store: str | None, words: str) -> None:
    with pytest.raises(UserError, match=words):
        check_outputs([tmp_path / name for name in outputs], tmp_path / store if store else None, [Path("/fields")])


def test_a_device_is_no_output() -> None:
    with pytest.raises(UserError, match="pipe or device"):
        check_outputs([Path("/dev/null")], None, [])


def test_an_output_may_not_be_what_is_analysed(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "field")
    with pytest.raises(UserError, match="is what is to be analysed"):
        check_outputs([tmp_path / "link"], None, [tmp_path / "field"])
