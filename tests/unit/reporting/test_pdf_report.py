"""The report as a reader meets it: its words are read back with pypdf."""

import re
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from breakhis_desktop.domain.decision import OperatingPoint, Prediction
from breakhis_desktop.domain.records import ImageRecord, Ledger, RunFacts, Status
from breakhis_desktop.reporting.pdf.document import write_pdf
from breakhis_desktop.reporting.pdf.image_tables import folder_of
from breakhis_desktop.reporting.pdf.text import REGULAR, drawable, elided, elided_path, markup, name_markup, register_fonts, width_of


@dataclass(frozen=True)
class Run:
    """What the report is made of."""

    facts: RunFacts
    ledger: Ledger
    records: list[ImageRecord]
    thumbnails: dict[int, bytes]

    def pages(self, target: Path) -> list[str]:
        """Write the report and read the words of each page back."""
        write_pdf(target, self.facts, self.ledger, self.records, self.thumbnails)
        return [page.extract_text() for page in PdfReader(BytesIO(target.read_bytes())).pages]


@pytest.fixture
def run(facts: RunFacts, ledger: Ledger, records: list[ImageRecord], thumbnails: dict[int, bytes]) -> Run:
    return Run(facts, ledger, records, thumbnails)


@pytest.fixture
def words(run: Run, tmp_path: Path) -> str:
    return "\n".join(run.pages(tmp_path / "out.pdf"))


@pytest.fixture
def long_run(run: Run) -> Run:
    records = [_field(place, f"field {place}.png", place / 100) for place in range(100)]
    return replace(run, records=records, ledger=Ledger(100, done=100))


def _field(position: int, name: str, p_malignant: float) -> ImageRecord:
    prediction = Prediction(p_malignant, (0.65, *[0.05] * 7))
    return ImageRecord(position, Path("/data/Études & <co>") / name, Status.DONE, prediction=prediction)


def test_every_page_has_its_number_and_the_sentence_on_use(long_run: Run, tmp_path: Path) -> None:
    pages = long_run.pages(tmp_path / "out.pdf")
    assert len(pages) > 4
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert "For research use. Not a medical device." in page
        assert "2026-03-12 14:05+01:00 · model 7c1e44d09bd21e9a" in page


def test_the_table_repeats_its_header_and_begins_with_the_most_suspicious(long_run: Run, tmp_path: Path) -> None:
    pages = long_run.pages(tmp_path / "out.pdf")
    assert all("Decision" in page and "Subtype" in page for page in pages[1:])
    shown = [int(place) for page in pages for place in re.findall(r"field (\d+)\.png", page)]
    assert shown == list(range(99, -1, -1))


def test_a_run_seen_from_another_point_tells_both(run: Run, words: str, tmp_path: Path) -> None:
    seen = replace(run, facts=run.facts.seen_from(OperatingPoint("custom", 0.15)))
    told = "\n".join(seen.pages(tmp_path / "seen.pdf"))
    assert "Decided at" in told
    assert "custom: malignant from a probability of 0.150 upwards" in told
    assert "Run made at" in told
    assert "default: malignant from a probability of 0.340 upwards" in told
    assert "The run itself was made at 0.340 (default)." in " ".join(told.split())
    assert "made at" not in words


def test_markup_in_names_prints_as_such(words: str) -> None:
    assert "<b>&.png" in words
    assert "/data/Études & <co>" in words


def test_characters_that_the_font_lacks_are_written_out(words: str) -> None:
    assert r"organ \u7d44\u7e54.png" in words
    assert r"line\u000abreak.png" in words
    assert r"caf\xe9.png" in words
    assert "déjà vu" in words


def test_a_long_name_keeps_its_end(words: str) -> None:
    assert re.search(r"x…x+\n?x*_end\.png", words)


def test_the_counts_are_those_of_the_ledger(words: str, run: Run) -> None:
    assert str(run.ledger) in words
    malignant, benign = (int(count) for count in re.findall(r"(?:Malignant|Benign)\n(\d+)\n", words))
    assert (malignant, benign) == (2, 3)
    assert malignant + benign == run.ledger.done
    for status in Status:
        assert re.search(rf"^{status}\s+{getattr(run.ledger, status)}\s", words, re.MULTILINE)
    assert re.search(r"^to go\s+1\s", words, re.MULTILINE)


def test_the_run_explains_itself(words: str) -> None:
    assert "default: malignant from a probability of 0.340 upwards" in words
    assert "0.95 [0.90, 0.98]" in words
    assert "less than 0.100 from the operating point" in words
    assert "a" * 64 in words
    assert "BreakHis Desktop 0.1.0" in words


def test_images_that_the_models_may_have_been_trained_on_are_pointed_out(words: str) -> None:
    assert "Images with official BreakHis names: 1." in words


def test_reasons_stand_beside_the_images_without_prediction(words: str) -> None:
    rest = words.partition("Images without a prediction")[2]
    assert "The file is empty; copy it again from where it was made." in " ".join(rest.split())
    assert "=The image is blurred." in rest


def test_a_threshold_of_the_users_own_has_no_evidence(run: Run, tmp_path: Path) -> None:
    own = replace(run, facts=replace(run.facts, point=OperatingPoint("custom", 0.5)))
    assert "not known, since the threshold was chosen by the user" in "\n".join(own.pages(tmp_path / "out.pdf"))


def test_a_run_without_images_is_one_page(run: Run, tmp_path: Path) -> None:
    pages = replace(run, records=[], ledger=Ledger(0), thumbnails={}).pages(tmp_path / "out.pdf")
    assert len(pages) == 1
    assert "0 queued = 0" in pages[0]


def test_the_same_run_gives_the_same_bytes(run: Run, long_run: Run, tmp_path: Path) -> None:
    run.pages(tmp_path / "first.pdf")
    long_run.pages(tmp_path / "between.pdf")
    run.pages(tmp_path / "second.pdf")
    assert (tmp_path / "first.pdf").read_bytes() == (tmp_path / "second.pdf").read_bytes()


def test_all_fonts_are_embedded(run: Run, tmp_path: Path) -> None:
    run.pages(tmp_path / "out.pdf")
    for page in PdfReader(tmp_path / "out.pdf").pages:
        for font in page["/Resources"]["/Font"].values():
            assert "/FontFile2" in font.get_object()["/FontDescriptor"]


@pytest.mark.parametrize("name", ["a  b", "&lt;b&gt;", "<para>", "<!--", "]]>", "&#65;", "%(page)s"])
def test_no_name_is_taken_for_markup(run: Run, tmp_path: Path, name: str) -> None:
    one = replace(run, records=[_field(0, name, 0.5)], ledger=Ledger(1, done=1))
    words = "\n".join(one.pages(tmp_path / "out.pdf"))
    assert f"\n{name}\n" in words.replace("\u00a0", " ")


def test_what_is_elided_fits() -> None:
    register_fonts()
    name = "SOB_M_DC-14-22549AB-400-031.png"
    assert elided(name, REGULAR, 7, 200) == name
    short = elided(name, REGULAR, 7, 60)
    assert width_of(short, REGULAR, 7) <= 60
    assert re.fullmatch(r"SOB_.*….*\.png", short)


def test_a_name_of_two_lines_breaks_after_a_hyphen() -> None:
    register_fonts()
    assert name_markup("synthetic-05-dark-nests.png", REGULAR, 7, 60) == "synthetic-05-dark-<br/>nests.png"
    assert name_markup("short.png", REGULAR, 7, 60) == "short.png"


def test_a_long_path_loses_its_first_folders() -> None:
    register_fonts()
    path = Path("BreaKHis_v1/histology_slides/breast/malignant/SOB/ductal_carcinoma/SOB_M_DC_14-16336/200X")
    assert elided_path(path, REGULAR, 6, 122) == str(Path("…/SOB_M_DC_14-16336/200X"))
    assert "…" in elided_path(Path("y" * 200), REGULAR, 6, 100)


def test_accents_are_composed_and_spaces_are_kept() -> None:
    assert drawable("e\u0301") == "é"
    assert markup("a  b & <c>") == "a\u00a0 b &amp; &lt;c&gt;"


def test_a_folder_is_told_from_the_queued_root_on() -> None:
    roots = (Path("/data"), Path("/data/march"), Path("/other/one.png"))
    assert folder_of(Path("/data/march/slide 1/a.png"), roots) == Path("march/slide 1")
    assert folder_of(Path("/data/a.png"), roots) == Path("data")
    assert folder_of(Path("/other/one.png"), roots) == Path("other")
