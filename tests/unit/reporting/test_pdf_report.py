"""The PDF report as a reader sees it; pypdf extracts its text."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from breakhis_desktop.domain.decision import OperatingPoint, Prediction
from breakhis_desktop.domain.records import ImageRecord, Ledger, RunInfo, Status
from breakhis_desktop.domain.review import Review, ReviewAction
from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.reporting.pdf.document import pdf_of
from breakhis_desktop.reporting.pdf.image_tables import folder_of
from breakhis_desktop.reporting.pdf.text import REGULAR, drawable, elided, elided_path, markup, name_markup, register_fonts, width_of
from breakhis_desktop.reporting.report import Report, ReportOptions
from tests.factories.reports import fonts_left_out


def pages_of(report: Report) -> list[str]:
    """Extract the text of each page."""
    return [page.extract_text() for page in PdfReader(BytesIO(pdf_of(report))).pages]


@pytest.fixture
def run(run_info: RunInfo, ledger: Ledger, records: list[ImageRecord], thumbnails: dict[int, bytes]) -> Report:
    return Report(run_info, ledger, records, thumbnails)


@pytest.fixture
def words(run: Report) -> str:
    return "\n".join(pages_of(run))


@pytest.fixture
def long_run(run: Report) -> Report:
    records = [_field(place, f"field {place}.png", place / 100) for place in range(100)]
    return replace(run, records=records, ledger=Ledger(100, done=100))


def _field(position: int, name: str, p_malignant: float) -> ImageRecord:
    prediction = Prediction(p_malignant, (0.65, *[0.05] * 7))
    return ImageRecord(position, Path("/data/Études & <co>") / name, Status.DONE, prediction=prediction)


def test_every_page_has_its_number_and_the_notice_on_research_use(long_run: Report) -> None:
    pages = pages_of(long_run)
    assert len(pages) > 4
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert "For research use. Not a medical device." in page
        assert "12 Mar 2026, 14:05 (UTC+01:00) · model 7c1e44d09bd21e9a" in page


def test_the_file_is_dated_by_its_run_or_its_last_review(run: Report) -> None:
    def dates(report: Report) -> tuple[str, str]:
        facts = PdfReader(BytesIO(pdf_of(report))).metadata
        assert facts is not None
        return str(facts["/CreationDate"]), str(facts["/ModDate"])

    assert dates(run) == ("D:20260312140509+01'00'",) * 2
    review = Review(ReviewAction.ACCEPTED, Decision.MALIGNANT, None, "", "M. Silva", "2026-03-13T08:30:00-03:30")
    assert dates(replace(run, reviews={0: [review]})) == ("D:20260313083000-03'30'",) * 2


def test_the_table_repeats_its_header_and_starts_with_the_most_suspicious_image(long_run: Report) -> None:
    pages = pages_of(long_run)
    assert all("Decision" in page and "Subtype" in page for page in pages[1:])
    shown = [int(place) for page in pages for place in re.findall(r"field (\d+)\.png", page)]
    assert shown == list(range(99, -1, -1))


def test_the_report_on_a_run_viewed_at_another_operating_point_shows_both_points(run: Report, words: str) -> None:
    seen = replace(run, run_info=run.run_info.seen_from(OperatingPoint("custom", 0.15)))
    text = "\n".join(pages_of(seen))
    assert "Decided at" in text
    assert "custom: malignant from a probability of 0.150 upwards" in text
    assert "Run made at" in text
    assert "default: malignant from a probability of 0.340 upwards" in text
    assert "The run itself was made at 0.340 (default)." in " ".join(text.split())
    assert "made at 0" not in words


def test_markup_in_names_is_printed_literally(words: str) -> None:
    assert "<b>&.png" in words
    assert "/data/Études & <co>" in words


@pytest.mark.usefixtures("no_system_fonts")
def test_letters_that_no_font_has_are_printed_as_unicode_numbers_beside_the_number_of_the_file(run: Report) -> None:
    words = " ".join("\n".join(pages_of(run)).split())
    assert "organ [U+7D44 U+7E54].png" in words
    assert "file 3 · ffffffffffffffff" in words
    assert "Letters for which the program found no usable font are shown as their Unicode numbers in brackets, such as [U+60A3];" in words
    case = " ".join("\n".join(pages_of(replace(run, options=ReportOptions(positions=(0, 2))))).split())
    assert "organ [U+7D44 U+7E54].png" in case
    assert "file 3" in case


def test_letters_that_only_a_font_of_the_system_has_are_printed(run: Report, chinese_font: Path) -> None:
    assert chinese_font.exists()
    document = pdf_of(run)
    words = " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(document)).pages).split())
    assert "organ 組織.png" in words
    assert "Unicode numbers" not in words
    assert fonts_left_out(document) == []
    assert pdf_of(run) == document


def test_control_characters_and_bytes_that_are_not_text_are_escaped(words: str) -> None:
    assert r"line\u000abreak.png" in words
    assert r"caf\xe9.png" in words
    assert "déjà vu" in words


def test_a_long_name_keeps_its_end(words: str) -> None:
    assert re.search(r"x…x+\n?x*_end\.png", words)


def test_the_counts_match_the_ledger(words: str, run: Report) -> None:
    assert str(run.ledger) in words
    malignant, benign = (int(count) for count in re.findall(r"(?:Malignant|Benign)\n(\d+)\n", words))
    assert (malignant, benign) == (2, 3)
    assert malignant + benign == run.ledger.done
    for status in Status:
        assert re.search(rf"^{status}\s+{getattr(run.ledger, status)}\s", words, re.MULTILINE)
    assert re.search(r"^to go\s+1\s", words, re.MULTILINE)


def test_the_report_says_how_the_run_was_made(words: str) -> None:
    assert "default: malignant from a probability of 0.340 upwards" in words
    assert "0.95 [0.90, 0.98]" in words
    assert "a probability between 0.240 and 0.440" in words
    assert "a" * 64 in words
    assert "BreakHis Desktop 0.1.0" in words


def test_images_that_the_models_may_have_been_trained_on_are_pointed_out(words: str) -> None:
    assert "Images with official BreakHis names: 1." in words


def test_images_without_a_prediction_are_listed_with_their_reasons(words: str) -> None:
    rest = words.partition("Images without a prediction")[2]
    assert "The file is empty; copy it again from where it was made." in " ".join(rest.split())
    assert "=The image is blurred." in rest


def test_a_custom_threshold_has_no_evidence(run: Report) -> None:
    own = replace(run, run_info=replace(run.run_info, point=OperatingPoint("custom", 0.5)))
    assert "not known, since the threshold was chosen by the user" in "\n".join(pages_of(own))


def test_a_run_without_images_has_a_report(run: Report) -> None:
    pages = pages_of(replace(run, records=[], ledger=Ledger(0), thumbnails={}))
    assert "0 queued = 0" in pages[0]


def test_the_same_report_gives_the_same_bytes(run: Report, long_run: Report) -> None:
    first = pdf_of(run)
    pdf_of(long_run)
    assert pdf_of(run) == first


def test_all_fonts_are_embedded(run: Report) -> None:
    assert fonts_left_out(pdf_of(run)) == []


@pytest.mark.parametrize("name", ["a  b", "&lt;b&gt;", "<para>", "<!--", "]]>", "&#65;", "%(page)s"])
def test_no_name_is_mistaken_for_markup(run: Report, name: str) -> None:
    one = replace(run, records=[_field(0, name, 0.5)], ledger=Ledger(1, done=1))
    words = "\n".join(pages_of(one))
    assert f"\n{name}\n" in words.replace("\u00a0", " ")


def test_a_name_that_is_too_long_is_shortened_in_the_middle_until_it_fits() -> None:
    register_fonts()
    name = "SOB_M_DC-14-22549AB-400-031.png"
    assert elided(name, REGULAR, 7, 200) == name
    short = elided(name, REGULAR, 7, 60)
    assert width_of(short, REGULAR, 7) <= 60
    assert re.fullmatch(r"SOB_.*….*\.png", short)


def test_a_name_on_two_lines_breaks_after_a_hyphen() -> None:
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


def test_a_folder_is_shown_from_the_queued_root_onwards() -> None:
    roots = (Path("/data"), Path("/data/march"), Path("/other/one.png"))
    assert folder_of(Path("/data/march/slide 1/a.png"), roots) == Path("march/slide 1")
    assert folder_of(Path("/data/a.png"), roots) == Path("data")
    assert folder_of(Path("/other/one.png"), roots) == Path("other")
