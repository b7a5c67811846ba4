"""Writes `RESULTS.md`, the page of results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count

from training.comparison.chosen import REFERENCE, REFERENCE_VIEWS, Chosen
from training.comparison.runs import Comparison
from training.comparison.sections.applications import Applications, make_applications
from training.comparison.sections.findings import Findings, make_findings
from training.comparison.sections.limitations import Gaps, Limitations, make_gaps, make_limitations
from training.comparison.sections.methods import Methods, make_methods
from training.comparison.sections.names import FIGURES, chosen_words, in_sentence, row_name, training_words
from training.comparison.sections.other_protocols import OtherProtocols, make_other_protocols
from training.comparison.sections.pairs import Pair, make_pairs
from training.comparison.sections.recipes import TaskRecipes, make_recipes
from training.comparison.sections.reproduction import Reproduction, make_reproduction
from training.comparison.sections.screening import Row, Screening, make_screening
from training.comparison.sections.search import Search, Trial, count_trials, make_searches
from training.comparison.sections.subtypes import Recalls, make_recalls
from training.comparison.sections.vs_reference import VsReference, make_vs_reference
from training.comparison.words import evidence, joined, protocol_words
from training.experiment.protocols import PROTOCOLS
from training.pages import render


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers the tables and figures in the order in which they appear on the page."""

    _tables: "count[int]" = field(default_factory=lambda: count(1))
    _figures: "count[int]" = field(default_factory=lambda: count(1))

    def table(self) -> int:
        """Return the number of the next table."""
        return next(self._tables)

    def figure(self) -> int:
        """Return the number of the next figure."""
        return next(self._figures)


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """The contents of the page.

    Attributes:
        folder: The folder of the charts, as it is written in the page's links.
        pictures: The names of the charts that were drawn.
        default_recipe: The recipe of the default bundle.
        reference: The recipe that reproduces the baseline of the frozen ResNet50.
        reference_views: The recipe that reproduces the same baseline with the mean over eight views of each image.
        behind: On how many images and accessions a task was evaluated, in words, keyed by protocol and then by task.
        chosen: The runs that charts show, by task.
        binary: All recipes that tell benign from malignant.
        subtype: All recipes that predict the eight subtypes.
        numbers: The source of the numbers of tables and figures.

    Each of the other attributes holds the contents of a section.
    """

    folder: str
    pictures: frozenset[str]
    default_recipe: str
    reference: str
    reference_views: str
    behind: Mapping[str, Mapping[str, str]]
    chosen: Mapping[str, Sequence[Chosen]]
    findings: Findings
    methods: Methods
    binary: TaskRecipes
    subtype: TaskRecipes
    recalls: Recalls
    pairs: Sequence[Pair]
    vs_reference: VsReference
    applications: Applications
    other_protocols: OtherProtocols
    screening: Screening | None
    searches: Sequence[Search]
    limitations: Limitations
    gaps: Gaps
    reproduction: Reproduction
    numbers: Numbers = field(default_factory=Numbers)

    @property
    def results(self) -> str:
        """The folder of results, as it is written in the page's links."""
        return self.folder.rpartition("/")[0]


def results_page(
    comparison: Comparison,
    chosen: Mapping[str, Sequence[Chosen]],
    folder: str,
    pictures: frozenset[str],
    *,
    screening: Sequence[Row],
    searches: Sequence[Trial],
) -> str:
    """Write the page of results in Markdown.

    Args:
        comparison: All runs.
        chosen: The runs that charts show, by task.
        folder: The folder of the charts, as it is written in the page's links.
        pictures: The names of the charts that were drawn.
        screening: The rows of `screening.csv`.
        searches: The trials of `tune`.
    """
    screened = make_screening(screening)
    page = ResultsPage(
        folder=folder,
        pictures=pictures,
        default_recipe=comparison.default_recipe,
        reference=REFERENCE,
        reference_views=REFERENCE_VIEWS,
        behind={one: {task: comparison.behind(one, task) for task in ("binary", "subtype")} for one in ("grouped", "image")},
        chosen=chosen,
        findings=make_findings(comparison),
        methods=make_methods(comparison),
        binary=make_recipes(comparison, "binary"),
        subtype=make_recipes(comparison, "subtype"),
        recalls=make_recalls(chosen["subtype"]),
        pairs=make_pairs(comparison),
        vs_reference=make_vs_reference(comparison),
        applications=make_applications(comparison, chosen["binary"]),
        other_protocols=make_other_protocols(comparison),
        screening=screened,
        searches=make_searches(comparison, searches),
        limitations=make_limitations(comparison, screened.names if screened else 0, count_trials(searches)),
        gaps=make_gaps(comparison),
        reproduction=make_reproduction(comparison),
    )
    return render("results.md.j2", page=page, **naming(comparison.default_recipe))


def naming(default_recipe: str) -> dict[str, object]:
    """Return the tables and functions by which templates name recipes, figures and protocols, as in `{{ in_sentence(recipe) }}`."""
    return {
        "figure_names": FIGURES,
        "protocols": PROTOCOLS,
        "protocol_words": protocol_words,
        "row_name": partial(row_name, default_recipe=default_recipe),
        "plain_name": row_name,
        "in_sentence": in_sentence,
        "chosen_words": chosen_words,
        "training_words": training_words,
        "evidence": evidence,
        "joined": joined,
    }
