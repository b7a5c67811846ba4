"""The content of a report on a run and of a case report, extracted with pypdf."""

import json
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from breakhis_desktop.assets import default_models
from breakhis_desktop.domain.card import parse_card
from breakhis_desktop.domain.card_parts import TrainingData
from breakhis_desktop.domain.records import ImageRecord, Ledger, RunInfo, Status
from breakhis_desktop.domain.review import Review, ReviewAction, accept, withdraw
from breakhis_desktop.domain.taxonomy import SUBTYPE_BY_CODE, Decision
from breakhis_desktop.errors import UserError
from breakhis_desktop.reporting.pdf.document import pdf_of
from breakhis_desktop.reporting.report import MOST_CASE_IMAGES, MOST_PICTURES, Picture, Report, ReportOptions, pictured_images
from breakhis_desktop.wording.cards import CardCode
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode
from tests.factories import said
from tests.factories.reports import fonts_left_out
from tests.unit.reporting.conftest import ROOT, prediction

PATIENT = "14-22549AB"
LONG_REASON = "larger or longer than the fields of 700 x 460 pixels, at an unknown scale, and judged in parts of 511 x 460 pixels END"


def jpeg(size: tuple[int, int] = (70, 46)) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size, "#b080b0").save(buffer, "JPEG")
    return buffer.getvalue()


def logo() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (60, 20), "#0b6e6e").save(buffer, "PNG")
    return buffer.getvalue()


def words_of(report: Report) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf_of(report))).pages).split())


def override(minute: int) -> Review:
    subtype = SUBTYPE_BY_CODE["LC"]
    return Review(
        ReviewAction.OVERRIDDEN, Decision.MALIGNANT, subtype, "Single files of cells.", "Dr. <B>", f"2026-03-12T15:{minute:02}:00+01:00"
    )


@pytest.fixture(scope="module")
def report(run_info: RunInfo, ledger: Ledger, records: list[ImageRecord], thumbnails: dict[int, bytes]) -> Report:
    done = [record.position for record in records if record.prediction]
    first = run_info.verdict(records[0])
    assert first is not None
    return Report(
        run_info,
        ledger,
        [replace(record, engine="ONNX Runtime" if record.prediction else "") for record in records],
        thumbnails,
        pictures={position: Picture(jpeg(), jpeg()) for position in done},
        reviews={
            0: [accept(first, "A", "2026-03-12T14:30:00+01:00")],
            1: [override(1), withdraw("C", "2026-03-12T15:02:00+01:00"), override(3)],
        },
        card=parse_card((default_models() / "card.json").read_text(encoding="utf-8")),
        options=ReportOptions("Institut für <Pathologie>", None, "Two fields\n\tare & stay in <doubt>."),
        logo=logo(),
    )


@pytest.fixture(scope="module")
def case(report: Report) -> Report:
    records = [*report.records, field(20, f"SOB_M_DC-14-{PATIENT[3:]}-100-002.png", 0.2)]
    pictures = {0: report.pictures[0], 20: Picture(jpeg(), b"", Message.of(RunCode.REPORT_FILE_GONE))}
    return replace(report, records=records, pictures=pictures, options=replace(report.options, patient=PATIENT))


@pytest.fixture(scope="module")
def words(report: Report) -> str:
    return words_of(report)


@pytest.fixture(scope="module")
def case_words(case: Report) -> str:
    return words_of(case)


def field(position: int, name: str, p_malignant: float) -> ImageRecord:
    return ImageRecord(position, ROOT / name, Status.DONE, None, "9" * 64, (700, 460), prediction(p_malignant, 1))


def test_the_report_starts_with_the_laboratory_and_the_comment_and_the_logo(report: Report, words: str) -> None:
    assert "Institut für <Pathologie> · report on a run" in words
    assert "Two fields are & stay in <doubt>." in words
    pictures = PdfReader(BytesIO(pdf_of(report))).pages[0].images
    assert [picture.image.size for picture in pictures if picture.image] == [(60, 20)]


def test_the_distribution_shows_the_operating_point(words: str) -> None:
    assert "operating point 0.340" in words


def test_subtypes_are_listed_with_their_share_of_the_images_done(words: str) -> None:
    assert "Adenosis 2 · 40%" in words
    assert "Bar: share of the images that are done." in words


def test_refusals_for_the_same_reason_are_counted_together_whatever_values_the_reason_contains(report: Report) -> None:
    refused = [
        ImageRecord(30 + number, ROOT / f"{number}.png", Status.REFUSED, Message.of(ImageCode.UNLIKE_TRAINING, distance=number))
        for number in range(3)
    ]
    words = words_of(replace(report, records=[*report.records, *refused]))
    assert "3 refused It is unlike the fields that the models were trained on; check what it shows." in words


def test_known_truth_gives_matrices_and_figures_with_their_counts(report: Report) -> None:
    records = [
        field(0, "SOB_M_DC-14-1-100-001.png", 0.9),
        field(1, "SOB_M_DC-14-1-100-002.png", 0.1),
        field(2, "SOB_B_F-14-2-100-001.png", 0.1),
    ]
    words = words_of(replace(report, records=records, pictures={}, reviews={}))
    assert "Benign 1 0 1 Malignant 1 1 2" in words
    assert "Sensitivity 0.500: 1 of 2 malignant images are called malignant" in words
    assert "Subtypes 0.333: 1 of 3 are right" in words
    assert "official name 3" in words
    assert "these figures are therefore better than on images of other patients" in words


def test_a_few_reviews_are_neither_counted_as_the_truth_nor_compared_with_the_model(words: str) -> None:
    assert "Truth known by official name 1 " in words
    assert "reviewed by Dr" not in words
    assert "Your reviews beside the model" not in words


def test_twenty_reviews_of_each_class_are_compared_with_the_model_in_a_section_after_the_images(report: Report) -> None:
    records = [field(position, f"{position}.png", 0.9) for position in range(40)]
    benign = Review(ReviewAction.OVERRIDDEN, Decision.BENIGN, None, "Seen.", "A", "2026-03-12T15:00:00+01:00")
    reviews = {position: [benign if position < 20 else override(1)] for position in range(40)}
    words = words_of(replace(report, records=records, pictures={}, reviews=reviews))
    assert "known truth" not in words
    assert words.index("Images with a prediction") < words.index("Your reviews beside the model") < words.index("Review history")
    assert "Shown when at least 20 images of each class are reviewed." in words
    assert "Benign 0 20 20 Malignant 0 20 20" in words
    assert "Decisions 0.500: 20 of 40 are the same in review and model" in words
    assert "images are called malignant" not in words


def test_without_known_truth_there_is_no_section_on_it(report: Report) -> None:
    assert "known truth" not in words_of(replace(report, records=[field(0, "a.png", 0.9)], pictures={}, reviews={}))


def test_a_report_on_a_run_shows_at_most_twelve_large_images_with_the_most_suspicious_first() -> None:
    records = [field(position, f"{position}.png", position / 100) for position in range(40)]
    shown = [record.position for record in pictured_images(records, ReportOptions())]
    assert shown == list(range(39, 39 - MOST_PICTURES, -1))


def test_the_report_quotes_the_card_on_the_use_and_figures_of_the_models(words: str) -> None:
    card = json.loads((default_models() / "card.json").read_text(encoding="utf-8"))
    for sentence in (*card["intended_use"], *card["not_to_be_used_for"], *card["limits"][:4], card["limits"][5], card["licence"]):
        assert " ".join(sentence.split()) in words
    auc = card["metrics"]["grouped"]["binary"]["by_image"]["auc"]
    assert f"by image {auc['value']:.2f} [{auc['low']:.2f}, {auc['high']:.2f}]" in words
    assert "Computed by ONNX Runtime" in words


def test_how_the_models_were_chosen_is_explained_in_plain_words(words: str, case_words: str) -> None:
    for text in (words, case_words):
        assert "These models are the best of many that were tried on the same images, so their figures are somewhat too good" in text
        assert "Each figure rests on few accessions, so the intervals are wide." in text
        assert not {"screening.", "Recipes", "recipe", "folds", "folds;", "temperatures"} & set(text.split())


def test_the_evidence_of_an_operating_point_is_given_in_plain_words(report: Report) -> None:
    evidence = Message.of(CardCode.CROSS_FITTED, images=1387, accessions=50)
    point = replace(report.run_info.point, evidence=evidence)
    words = words_of(replace(report, run_info=replace(report.run_info, point=point)))
    assert "Measured on 1,387 images of 50 accessions, each judged by models that had not seen its patient" in words


def test_a_report_can_be_written_with_a_sparse_card_or_without_a_card(report: Report) -> None:
    assert report.card is not None
    assert "Figures of the models" in words_of(
        replace(report, card=replace(report.card, limits=(), metrics={}, training_data=TrainingData()))
    )
    assert "The card of the models that this run was made with is not available." in words_of(replace(report, card=None))


def test_the_appendix_contains_the_whole_history_of_reviews(words: str) -> None:
    history = words.partition("Review history")[2]
    assert history.index("accepted malignant, Ductal carcinoma") < history.index("overridden malignant, Lobular carcinoma")
    assert history.count("Single files of cells.") == 2
    assert "withdrawn" in history


def test_an_image_that_needed_review_is_counted_as_already_reviewed_after_its_review(report: Report, words: str) -> None:
    overridden = report.records[8]
    assert "20% of 5 done; 1 already reviewed" not in words
    reviewed = replace(report, reviews={**report.reviews, overridden.position: [override(9)]})
    assert "1 already reviewed" in words_of(reviewed)


def test_the_ledger_of_a_run_is_shortened_to_a_phrase_if_all_its_images_are_done(report: Report, words: str) -> None:
    assert str(report.ledger) in words
    assert "Ledger 1,387 of 1,387 done" in words_of(replace(report, ledger=Ledger(1387, done=1387)))


def test_reasons_for_review_are_never_cut(report: Report) -> None:
    doubtful = replace(report.records[0], review_flags=(said(LONG_REASON),))
    assert LONG_REASON in words_of(replace(report, records=[doubtful], pictures={}))


def test_a_case_report_sums_up_the_patient_and_names_the_rule(case_words: str) -> None:
    assert f"Patient {PATIENT} · 2 images" in case_words
    verdict, _, rest = case_words.partition("What the models say about this patient, for research use")[2].partition("Overview")
    assert verdict.startswith(
        " Malignant 1 of 2 images reviewed malignant. The mean probability of malignancy is 0.594, at or above the operating"
    )
    assert "the highest is 0.988. 1 of 2 images is called malignant" in verdict
    assert "Images by magnification: 100× 1 · 400× 1." in verdict
    assert "A patient is called malignant if the mean probability of malignancy" in verdict
    assert "1 0.988 reviewed 2 0.200 Images" in rest
    assert "Reviewed by" in case_words


def test_a_case_report_on_a_patient_with_a_benign_mean_says_how_many_images_are_malignant(report: Report) -> None:
    records = [field(number, f"SOB_B_A-14-7-100-{number:03}.png", p) for number, p in enumerate((0.5, 0.0, 0.0))]
    words = words_of(replace(report, records=records, pictures={}, reviews={}, options=ReportOptions(patient="14-7")))
    assert (
        "for research use Benign suspicious image The mean probability of malignancy is 0.167, below the operating point of 0.340" in words
    )
    assert "1 of 3 images is called malignant" in words


def test_hashes_and_provenance_come_last_in_a_case_report(case_words: str) -> None:
    assert case_words.count("d" * 64) == 1
    places = [case_words.index(heading) for heading in ("Overview", "Images Most", "Reviewed by", "Intended use", "Provenance", "d" * 64)]
    assert places == sorted(places)


def test_a_case_report_on_twenty_images_takes_at_most_seven_pages(report: Report) -> None:
    records = [field(number, f"SOB_B_A-14-7-100-{number:03}.png", 0.5) for number in range(20)]
    for size in ((46, 46), (70, 46)):
        pictures = {number: Picture(jpeg(size), jpeg(size)) for number in range(20)}
        case = replace(report, records=records, pictures=pictures, reviews={}, options=ReportOptions(patient="14-7"))
        assert len(PdfReader(BytesIO(pdf_of(case))).pages) <= 7


def test_a_case_report_says_beside_the_verdict_how_reviewers_decided(case: Report) -> None:
    benign = Review(ReviewAction.OVERRIDDEN, Decision.BENIGN, None, "Seen.", "A", "2026-03-12T15:00:00+01:00")
    silent, one, both = (words_of(replace(case, reviews=reviews)) for reviews in ({}, {0: [benign]}, {0: [override(1)], 20: [benign]}))
    assert "reviewed" not in silent.partition("Overview")[0]
    verdict = "The mean probability of malignancy is 0.594, at or above the operating point of 0.340"
    assert f"Malignant 1 of 2 images reviewed benign. {verdict}" in one
    assert f"Malignant 1 of 2 images reviewed malignant, 1 benign. {verdict}" in both
    assert "1 0.988 reviewed" in one.partition("Overview")[2]


def test_a_case_report_counts_the_review_of_a_refused_image(case: Report) -> None:
    name = ROOT / f"SOB_M_DC-14-{PATIENT[3:]}-100-009.png"
    refused = ImageRecord(30, name, Status.REFUSED, Message.of(ImageCode.UNLIKE_TRAINING, distance=1))
    assert "1 of 3 images reviewed malignant." in words_of(replace(case, records=[*case.records, refused], reviews={30: [override(30)]}))


def test_the_table_of_patients_counts_the_same_reviews_as_a_case_report(case: Report) -> None:
    name = ROOT / f"SOB_M_DC-14-{PATIENT[3:]}-100-009.png"
    refused = ImageRecord(30, name, Status.REFUSED, Message.of(ImageCode.UNLIKE_TRAINING, distance=1))
    unknown = field(31, "camera.png", 0.1)
    run = replace(
        case, records=[*case.records, refused, unknown], reviews={30: [override(30)], 31: [override(31)]}, options=ReportOptions()
    )
    section = words_of(run).partition("Patients A patient is called malignant")[2].partition("Against the known truth")[0]
    assert "malignant 1 of 3 images reviewed malignant" in section
    assert section.partition("No patient known")[2].startswith(" not known 5 1 of 5 images reviewed malignant")


def test_the_table_of_patients_says_beside_the_verdict_how_reviewers_decided(report: Report) -> None:
    records = [field(number, f"SOB_B_A-14-7-100-{number:03}.png", p) for number, p in enumerate((0.5, 0.0, 0.0))]
    words = words_of(replace(report, records=records, reviews={1: [override(1)]}))
    assert "1 of 3 benign suspicious image 1 of 3 images reviewed malignant" in words


def test_a_report_on_a_run_lists_patients_by_the_stated_rule_and_never_pools_images_without_a_patient(words: str, report: Report) -> None:
    section = words.partition("Patients A patient is called malignant")[2].partition("Against the known truth")[0]
    assert "Images without a known patient come last and are not combined into one verdict." in section
    assert "14-22549AB 400× 1 0.988 0.988 1 of 1 malignant 1 of 1 image reviewed malignant No patient known not known 4" in section
    suspicious = [field(number, f"SOB_B_A-14-7-100-{number:03}.png", p) for number, p in enumerate((0.5, 0.0, 0.0))]
    assert "14-7 100× 3 0.167 0.500 1 of 3 benign suspicious image" in words_of(replace(report, records=suspicious))
    unknown = [field(0, "a.png", 0.5)]
    assert "Patients The mean" not in words_of(replace(report, records=unknown))


def test_a_case_report_gives_no_verdict_on_a_patient_for_images_without_a_known_patient(report: Report) -> None:
    words = words_of(replace(report, options=ReportOptions(positions=(0, 1, 2, 7))))
    assert "What the models say, for research use 2 of 4 images reviewed malignant. 2 of 4 images are called malignant" in words
    assert (
        "14-22549AB 400× 1 0.988 0.988 1 of 1 malignant 1 of 1 image reviewed malignant No patient known not known 3 "
        "1 of 3 images reviewed malignant Overview" in words
    )


def test_a_case_report_shows_each_image_with_the_results_of_both_models_and_its_reviews(case_words: str) -> None:
    assert "malignant 0.988" in case_words
    assert "Ductal carcinoma 0.650" in case_words
    assert "12 Mar 2026, 14:30 (UTC+01:00) A accepted malignant, Ductal carcinoma" in case_words
    assert "this is its stored thumbnail." in case_words
    assert "No heat map is stored." in case_words
    assert "d" * 64 in case_words
    assert "déjà vu" not in case_words


def test_a_case_report_can_be_made_of_chosen_images_too(report: Report) -> None:
    words = words_of(replace(report, options=ReportOptions(positions=(1, 3))))
    assert "Chosen images · 2 images" in words
    assert "The file is empty; copy it again from where it was made." in words


def test_an_image_without_file_and_thumbnail_still_has_its_findings(case: Report) -> None:
    assert "malignant 0.988" in words_of(replace(case, pictures={}))


@pytest.mark.parametrize("options", [ReportOptions(patient="none"), ReportOptions(positions=(99,))])
def test_a_case_report_without_images_is_refused(records: list[ImageRecord], options: ReportOptions) -> None:
    with pytest.raises(UserError, match="choose a patient or images from its table"):
        pictured_images(records, options)


def test_a_case_report_on_too_many_images_is_refused() -> None:
    records = [field(position, f"{position}.png", 0.5) for position in range(MOST_CASE_IMAGES + 1)]
    with pytest.raises(UserError, match="at most 100 images, and 101 are chosen"):
        pictured_images(records, ReportOptions(positions=tuple(range(200))))


def test_a_run_with_more_images_than_a_report_can_list_is_refused(records: list[ImageRecord]) -> None:
    with pytest.raises(UserError, match=r"at most 100,000 images, and this run has 100,001; export it as CSV, Excel or JSON\."):
        pictured_images([records[6]] * 100_001, ReportOptions())


@pytest.mark.parametrize("kind", ["report", "case"])
def test_every_font_is_embedded_and_the_same_report_gives_the_same_bytes(request: pytest.FixtureRequest, kind: str) -> None:
    written = pdf_of(request.getfixturevalue(kind))
    assert pdf_of(request.getfixturevalue(kind)) == written
    assert fonts_left_out(written) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda report: replace(report, options=ReportOptions("x" * 3000, None, "y" * 20_000)),
        lambda report: replace(report, options=ReportOptions("", None, "line\n" * 300)),
        lambda report: replace(report, records=[replace(report.records[0], review_flags=(said("z" * 5000),))]),
        lambda report: replace(report, reviews={0: [replace(override(1), reason="w" * 20_000, reviewer="v" * 3000)]}),
        lambda report: replace(report, pictures={0: Picture(jpeg((8, 700)), jpeg((700, 8)))}),
    ],
)
@pytest.mark.parametrize("kind", ["report", "case"])
def test_nothing_is_too_long_for_a_page(request: pytest.FixtureRequest, kind: str, change: Callable[[Report], Report]) -> None:
    changed = change(request.getfixturevalue(kind))
    assert len(PdfReader(BytesIO(pdf_of(replace(changed, options=replace(changed.options, patient=""))))).pages) > 1
    if kind == "case":
        assert "Reviewed by" in words_of(replace(changed, options=replace(changed.options, patient=PATIENT)))
