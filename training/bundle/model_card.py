"""`MODEL_CARD.md`: a bundle's card for people, written from `card.json` alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from breakhis_desktop.domain.card import DEFAULT_POINT, ModelCard
from breakhis_desktop.domain.card_parts import ComparedRecipe, CurveColumns, DerivedFile, Extent, OodRule, ProtocolMetrics
from breakhis_desktop.domain.figures import BinaryFigures, Figure, Figures, PartFigures, Recall
from breakhis_desktop.domain.notice import RESEARCH_USE
from breakhis_desktop.domain.taxonomy import SUBTYPE_BY_CODE
from breakhis_desktop.wording.message import Message
from training.comparison.runs import Done
from training.comparison.sections.subtypes import thinness
from training.comparison.words import difference_text, evidence, figure_text, joined, number
from training.counting import counted
from training.experiment.protocols import PRIMARY, PROTOCOLS, REGROUPED
from training.wording import TrainingCode

MODEL_CARD_FILE = "MODEL_CARD.md"

_Part = TypeVar("_Part")

_BINARY = {
    "auc": "AUC",
    "sensitivity": "Sensitivity",
    "specificity": "Specificity",
    "specificity_at_sensitivity_90": "Specificity at sensitivity .90",
    "specificity_at_sensitivity_95": "Specificity at sensitivity .95",
    "precision": "Precision",
    "accuracy": "Accuracy",
    "brier_score": "Brier score (lower is better)",
    "expected_calibration_error": "Expected calibration error (no interval: resamples calibrate worse)",
}
_SUBTYPE = {
    "accuracy": "Accuracy",
    "macro_recall": "Macro recall",
    "macro_recall_well_covered": "Macro recall, subtypes of four or more accessions",
    "macro_precision": "Macro precision",
    "weighted_f1": "Weighted F1",
    "macro_auc": "Macro AUC, one against the rest",
    "crossing_rate": "Confused across benign and malignant",
}
_WITHIN_CLASS = (
    "A subtype has its probability within its class, benign or malignant, times the probability of that class by the first network; the "
    "temperature comes after.",
)
_COUNTS = ("Images", "Accessions")
_RULES = {"mean": "Mean over the images", "maximum": "Highest of the images", "top_3": "Mean of the three highest"}


def write_model_card(card: ModelCard) -> str:
    """Return the page, in Markdown."""
    blocks = [f"# {card.name}, {card.version}", f"**{RESEARCH_USE}**", *_uses(card), *_networks(card), *_data(card), *_judged(card)]
    blocks += [*_grouped(card), *_operating_points(card), *_patients(card), *_subtypes(card), *_regrouped(card)]
    blocks += [*_leaking(card), *_comparison(card)]
    blocks += ["## Limits", _points(card.limits), *_sources(card), *_files(card)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _uses(card: ModelCard) -> list[str]:
    return ["## Intended use", _points(card.intended_use), "## It must not be used for", _points(card.not_to_be_used_for)]


def _networks(card: ModelCard) -> list[str]:
    width, height = card.input_size
    recipe, temperature = _told(card.recipe), card.temperature
    return [
        "## Networks",
        f"Two networks take the same input: RGB, {width} × {height} pixels, 0-255. One gives the probability of malignant, the "
        "other the probabilities of eight subtypes. Both end in global average pooling and one dense layer. "
        f"The backbone is {_told(card.backbone).name}.",
        f"They were trained by the recipe `{recipe.name}` ({recipe.description}) with the random seed {card.random_seed}. Their "
        f"logits are divided by temperatures, {temperature.binary:.2f} and {temperature.subtype:.2f}, so that a probability means "
        "what it says.",
        *(_WITHIN_CLASS if card.subtypes_within_class else ()),
    ]


def _data(card: ModelCard) -> list[str]:
    data, training = card.training_data, _told(card.training)
    ended = training.images_that_ended_it
    learned = f"from {training.images:,} of these images; the other {ended:,} ended the training" if ended else "from all of these images"
    rows = [
        (f"{SUBTYPE_BY_CODE[code].name} ({code})", SUBTYPE_BY_CODE[code].decision, *_counts(part)) for code, part in data.subtypes.items()
    ]
    total = (f"**All**, {data.patients} patients", "", *_counts(Extent(images=_told(data.images), accessions=_told(data.accessions))))
    return [
        "## Data",
        f"{data.name}. The shipped networks learned {learned}. Left out of the subtypes: {data.left_out_of_subtypes}.",
        _table(("Subtype", "Class", "Images", "Accessions"), [*rows, total]),
    ]


def _judged(card: ModelCard) -> list[str]:
    points = []
    magnifications = card.training_data.magnifications
    if magnifications:
        known = joined([f"{one}X ({count:,} images)" for one, count in magnifications.items()])
        points.append(f"Magnifications known: {known}. A field that declares another one is refused.")
    if card.familiarity:
        points.append(_familiar(card.familiarity))
    if card.large_fields:
        width, height = card.large_fields.tile
        points.append(
            f"Larger fields: {card.large_fields.rule}. A tile has {width} × {height} pixels. At an unknown scale the whole field is judged "
            "and reviewed."
        )
    return ["## Which images are judged", _points(points)] if points else []


def _familiar(rule: OodRule) -> str:
    return (
        f"Familiarity: an image is {rule.rule}, {rule.limit:.3f}. That space has {rule.components} dimensions. The limit refuses "
        f"{100 * _told(rule.refused_share):.1f} % of {rule.images:,} images of unseen patients ({rule.protocol})."
    )


def _counts(part: Extent | PartFigures | Recall) -> tuple[str, str]:
    return f"{part.images:,}", str(part.accessions)


def _grouped(card: ModelCard) -> list[str]:
    figures = _told(card.primary_metrics.binary)
    by_image, by_patient = figures.by_image, figures.by_patient
    rows = [(title, _with_interval(name, by_image), _with_interval(name, by_patient)) for name, title in _BINARY.items()]
    return [
        "## Benign or malignant, on unseen patients",
        f"{_evidence(card, 'grouped')} Brackets are 95 % intervals by a bootstrap over accessions. Thresholds and temperatures behind "
        "a figure come from the other folds. Sensitivity, specificity, precision and accuracy are those of the default operating point. "
        "The score of a patient is the mean over the images, with a threshold of its own.",
        _table(("Figure", "By image", f"By patient ({figures.patients})"), rows),
        _table(("Magnification", "Images", "Accessions", "AUC", "Sensitivity", "Specificity"), list(_magnifications(figures))),
    ]


def _with_interval(name: str, figures: Figures) -> str:
    return number(figures[name].value) if name == "expected_calibration_error" else figure_text(figures[name])


def _magnifications(figures: BinaryFigures) -> Iterator[tuple[str, ...]]:
    for magnification, part in figures.by_magnification.items():
        shown = (figure_text(part.figures[name]) for name in ("auc", "sensitivity", "specificity"))
        yield (f"{magnification}X", *_counts(part), *shown)


def _operating_points(card: ModelCard) -> list[str]:
    review = card.review
    rows = [
        (name.capitalize(), number(one.threshold), figure_text(one.sensitivity), figure_text(one.specificity))
        for name, one in card.operating_points.items()
    ]
    names = ("share_sent_to_review", "errors_caught", "missed_cancers_caught", "error_rate_of_the_rest")
    sent, caught, missed, wrong = (figure_text(review.figures[name]) for name in names)
    return [
        "### Operating points",
        f"A field is called malignant from the threshold upwards. Measured: {card.operating_points[DEFAULT_POINT].protocol}.",
        _table(("Operating point", "Threshold", "Sensitivity", "Specificity"), rows),
        *_other_thresholds(card),
        f"A field is sent to review if it lies {review.rule}. Cross-fitted, with a margin found outside of each fold, the "
        f"rule sends a share of {sent} of the fields and catches {caught} of the errors and {missed} of the missed cancers; of the rest, "
        f"a share of {wrong} is called wrongly at the default point.",
    ]


def _other_thresholds(card: ModelCard) -> list[str]:
    """Show every tenth threshold; the program shows those between them too."""
    curve = card.operating_curve
    if curve is None:
        return []

    def figure(columns: CurveColumns, place: int) -> str:
        return figure_text(Figure(columns.value[place], columns.low[place], columns.high[place]))

    shown = list(enumerate(curve.thresholds))[::10]
    rows = [(number(threshold), figure(curve.sensitivity, place), figure(curve.specificity, place)) for place, threshold in shown]
    return [
        f"At other thresholds ({curve.protocol}): {curve.rule}.",
        _table(("Threshold", "Sensitivity", "Specificity"), rows),
    ]


def _patients(card: ModelCard) -> list[str]:
    rules = _told(card.primary_metrics.binary).patient_rules
    names = ("auc", "specificity_at_sensitivity_95", "sensitivity", "specificity")
    rows = [(_RULES[rule], number(one.threshold), *(figure_text(one.figures[name]) for name in names)) for rule, one in rules.items()]
    header = ("Score of a patient", "Threshold", *(_BINARY[name] for name in names))
    said = "The threshold is that of the default operating point; sensitivity and specificity are cross-fitted."
    return ["### From images to a patient", said, _table(header, rows)] if rows else []


def _subtypes(card: ModelCard) -> list[str]:
    part = _told(card.primary_metrics.subtype)
    figures = [(title, figure_text(part.figures[name])) for name, title in _SUBTYPE.items()]
    recalls = [
        (f"{SUBTYPE_BY_CODE[code].name} ({code})", figure_text(one), *_counts(one), thinness(one, code, part.well_covered))
        for code, one in part.recall.items()
    ]
    return [
        "## Eight subtypes, on unseen patients",
        f"On {evidence(part)}, under the same protocol.",
        _table(("Figure", "Value"), figures),
        _table(("Subtype", "Recall", "Images", "Accessions", "Note"), recalls),
    ]


def _regrouped(card: ModelCard) -> list[str]:
    return _by_protocol(card, "## On other folds", [one for one in card.metrics if one in REGROUPED])


def _leaking(card: ModelCard) -> list[str]:
    leaking = [one for one in card.metrics if one not in (PRIMARY, *REGROUPED)]
    return _by_protocol(card, "## Under protocols that leak patients", leaking)


def _by_protocol(card: ModelCard, heading: str, protocols: Sequence[str]) -> list[str]:
    blocks = [heading] if protocols else []
    for protocol in protocols:
        figures = card.metrics[protocol]
        binary, subtype = _by_image(figures, "binary"), _by_image(figures, "subtype")
        rows = [(_BINARY[name], figure_text(binary[name])) for name in ("auc", "sensitivity", "specificity", "accuracy")]
        rows += [(f"Eight subtypes: {_SUBTYPE[name].lower()}", figure_text(subtype[name])) for name in ("accuracy", "macro_recall")]
        blocks += [_evidence(card, protocol), _table((f"Figure, {figures.protocol_label}", "Value"), rows)]
    return blocks


def _comparison(card: ModelCard) -> list[str]:
    return [
        "## Beside other recipes",
        f"Grouped folds again, by image. {_count(_told(card.recipes_compared))} judged on all of these folds; here are the brief's own "
        "and the first line to beat. A difference is this bundle's recipe minus the other, paired; where its interval holds zero there may "
        "be none.",
        *_compared(card, "binary", {"auc": "AUC", "specificity_at_sensitivity_95": "Specificity at .95"}),
        *_compared(card, "subtype", {"macro_recall": "Macro recall", "accuracy": "Accuracy"}),
        _statuses(_told(card.comparison).recipes),
    ]


def _count(recipes: int) -> str:
    return f"{counted(recipes, 'recipe')} {'was' if recipes == 1 else 'were'}"


def _compared(card: ModelCard, task: str, names: Mapping[str, str]) -> list[str]:
    recipes = _told(card.comparison).recipes
    made = {name: figures for name, one in recipes.items() if (figures := one.of(task))}
    header = ["Recipe", *(cell for title in names.values() for cell in (title, "Difference"))]
    own = _by_image(card.primary_metrics, task)
    rows = [(f"**`{_told(card.recipe).name}`**", *(cell for name in names for cell in (figure_text(own[name]), "")))]
    for recipe, figures in made.items():
        differences = _told(recipes[recipe].differences)[task].differences
        pairs = ((figure_text(figures[name]), difference_text(differences[name])) for name in names)
        rows.append((f"`{recipe}`", *(cell for pair in pairs for cell in pair)))
    return [{"binary": "Benign or malignant:", "subtype": "Eight subtypes:"}[task], _table(header, rows)] if made else []


def _statuses(recipes: Mapping[str, ComparedRecipe]) -> str:
    """Say which recipes were cut or not judged, those of one reason together."""
    statuses: dict[str, list[str]] = {}
    for name, one in recipes.items():
        if shortfall := _shortfall(one):
            statuses.setdefault(str(shortfall), []).append(f"`{name}`")
    return _points(f"{joined(names)}: {words}." for words, names in statuses.items())


def _shortfall(recipe: ComparedRecipe) -> Message | None:
    if recipe.epochs is None:
        return Message.of(TrainingCode.NOT_JUDGED)
    splits, planned = (1, 1) if recipe.splits is None else (recipe.splits, recipe.splits_planned or 1)
    return Done(recipe.epochs, recipe.epochs_planned or 0, splits, planned, bool(recipe.stale), recipe.failure or None).shortfall


def _sources(card: ModelCard) -> list[str]:
    backbone = _told(card.backbone)
    return [
        "## Licence and sources",
        f"{card.licence}.",
        _points((f"{backbone.name}: {backbone.source}; {backbone.licence}.", f"Data: {card.data_citation}")),
    ]


def _files(card: ModelCard) -> list[str]:
    rows = [(f"`{name}`", f"`{digest}`") for name, digest in card.files.items()]
    rows += [(f"`{name}`", f"`{one.sha256}`") for name, one in card.derived.items()]
    blocks = ["## Files", _table(("File", "SHA-256"), rows)]
    blocks += [_derived(name, one) for name, one in card.derived.items()]
    return [
        *blocks,
        *([f"Figures and comparisons as of {card.judged}."] if card.judged else []),
        f"Exported {card.created} with Keras {card.keras_version}; folds `{card.training_data.split_sha256[:12]}`.",
    ]


def _derived(name: str, one: DerivedFile) -> str:
    off = _told(one.largest_difference_from_keras)
    probability, features = (max(value for output, value in off.items() if ("features" in output) is wanted) for wanted in (False, True))
    return (
        f"`{name}` is derived from the networks for faster runtimes ({one.format}, opset {one.opset}, {one.precision}) and gives "
        f"both outputs and the last feature maps. On the golden images it differs from Keras by {probability:.0e} at most in probability, "
        f"and by {features:.0e} of the largest feature."
    )


def _evidence(card: ModelCard, protocol: str) -> str:
    figures = card.metrics[protocol]
    given, planned = figures.epochs, figures.epochs_planned
    cut = f" Trained for at most {given} of the {planned} epochs of the recipe." if given < planned else ""
    return f"{PROTOCOLS[protocol].card} {evidence(figures)[0].upper()}{evidence(figures)[1:]}.{cut}"


def _by_image(metrics: ProtocolMetrics, task: str) -> Figures:
    part = metrics.of(task)
    return part.by_image if part else {}


def _told(part: _Part | None) -> _Part:
    """Return a part that a card may lack, and none of `make_card` does.

    Raises:
        ValueError: It is another card.
    """
    if part is None:
        raise ValueError("a card without a part that training writes")
    return part


def _points(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a table whose columns line up in the text too, counts to the right."""
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    right = [title in _COUNTS for title in header]
    rule = ["-" * (width - 1) + (":" if flush else "-") for width, flush in zip(widths, right, strict=True)]

    def line(cells: Sequence[str]) -> str:
        return f"| {' | '.join(c.rjust(w) if r else c.ljust(w) for c, w, r in zip(cells, widths, right, strict=True))} |"

    return "\n".join(line(cells) for cells in (header, rule, *rows))
