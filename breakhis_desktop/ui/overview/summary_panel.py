"""The summary page of the chosen job."""

from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from breakhis_desktop.domain.notice import RESEARCH_USE
from breakhis_desktop.domain.records import Ledger, Status
from breakhis_desktop.domain.run_summary import RunSummary
from breakhis_desktop.domain.taxonomy import SUBTYPE_CODES, SUBTYPES, Decision, Subtype
from breakhis_desktop.domain.truth import REVIEWS_OF_EACH_CLASS, Confusion
from breakhis_desktop.ui.look import figures
from breakhis_desktop.ui.look.labels import label
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.look.words import images_words, localised, outcome_words
from breakhis_desktop.ui.overview.charts import ConfusionMatrix, CountBars, Distribution

_MOST_REASONS = 6
_TILES_IN_LINE = (5, 3, 2, 1)


_Label = TypeVar("_Label", Decision, Subtype)


class SummaryPanel(QScrollArea):
    """Shows counts, probabilities, subtypes, reasons for refusal or failure, and how the model compares with official names and reviews."""

    def __init__(self, theme: Theme) -> None:
        """Build an empty panel."""
        super().__init__()
        self.setObjectName("summaryPanel")
        self.setAccessibleName(self.tr("Summary of the job"))
        self.setWidgetResizable(True)
        self._tiles = {
            "judged": _Tile(self.tr("Classified")),
            "malignant": _Tile(self.tr("Malignant")),
            "benign": _Tile(self.tr("Benign")),
            "review": _Tile(self.tr("Needs review")),
            "not_analysed": _Tile(self.tr("Failed or refused")),
        }
        self.distribution = Distribution(theme, self.tr("Images by probability of malignancy"))
        self.subtypes = CountBars(theme, self.tr("Images by most probable subtype"))
        self._reasons = CountBars(theme, self.tr("Reasons why images failed or were refused"))
        called = (self.tr("called benign"), self.tr("called malignant"))
        truth = (self.tr("truly benign"), self.tr("truly malignant"))
        self.decisions = ConfusionMatrix(theme, self.tr("Decisions against the truth"), row_names=truth, column_names=called)
        names = [localised(subtype.name) for subtype in SUBTYPES]
        title = self.tr("Subtypes against the truth")
        self.matrix = ConfusionMatrix(theme, title, row_names=names, column_names=SUBTYPE_CODES, short_names=SUBTYPE_CODES)
        said = (self.tr("reviewed as benign"), self.tr("reviewed as malignant"))
        self.reviews = ConfusionMatrix(theme, self.tr("Your reviews beside the model"), row_names=said, column_names=called)
        self._agreement = label("", wrap=True)
        self._reviews_caution = label(
            self.tr(
                "Reviewers saw the model's label and looked at doubtful images first: this shows where they agree, and does not measure "
                "the model."
            ),
            "muted",
            wrap=True,
        )
        self._figures = label("", wrap=True)
        self._caution = label("", "muted", wrap=True)
        self._tile_grid = QGridLayout()
        self._pairs = [QBoxLayout(QBoxLayout.Direction.LeftToRight) for _ in range(2)]
        self._truth_cards: list[QWidget] = []
        self._quality: QWidget = _card(self.tr("Failed or refused"), self._reasons)
        self._reviewed: QWidget = _card(self.tr("Your reviews beside the model"), self.reviews, self._agreement, self._reviews_caution)
        self._lay_out()

    def _lay_out(self) -> None:
        content = QWidget()
        content.setObjectName("summaryContent")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._tile_grid.setSpacing(12)
        column.addLayout(self._tile_grid)
        found, compared = self._pairs
        found.addWidget(_card(self.tr("Probability of malignancy"), self.distribution), stretch=1)
        found.addWidget(_card(self.tr("Most probable subtype"), self.subtypes), stretch=1)
        self._truth_cards = [
            _card(self.tr("Decisions against the truth"), self.decisions, self._figures, self._caution),
            _card(self.tr("Subtypes against the truth"), self.matrix),
        ]
        for card in self._truth_cards:
            compared.addWidget(card, stretch=1)
        for pair in self._pairs:
            pair.setSpacing(12)
            column.addLayout(pair)
        column.addWidget(self._quality)
        column.addWidget(self._reviewed)
        column.addWidget(label(localised(RESEARCH_USE), "small", wrap=True))
        column.addStretch(1)
        self.setWidget(content)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the cards side by side if they fit, else stacked."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = self.viewport().width()
        in_line = next((count for count in _TILES_IN_LINE if self._width_in_columns(count) <= room), _TILES_IN_LINE[-1])
        for place, tile in enumerate(self._tiles.values()):
            self._tile_grid.removeWidget(tile)
            self._tile_grid.addWidget(tile, *divmod(place, in_line))
        for pair in self._pairs:
            cards = [item.widget() for place in range(pair.count()) if (item := pair.itemAt(place)) is not None]
            needed = sum(card.minimumSizeHint().width() + pair.spacing() for card in cards if card is not None and not card.isHidden())
            pair.setDirection(QBoxLayout.Direction.LeftToRight if needed <= room else QBoxLayout.Direction.TopToBottom)

    def _width_in_columns(self, columns: int) -> int:
        """Return the width in pixels that the tiles need in this many columns."""
        widths = [tile.minimumSizeHint().width() for tile in self._tiles.values()]
        return sum(max(widths[column::columns]) for column in range(columns)) + (columns - 1) * self._tile_grid.spacing()

    def show_summary(self, summary: RunSummary, ledger: Ledger, threshold: float) -> None:
        """Show the summary of a run.

        Args:
            summary: The counts of the run.
            ledger: How many images of the run have reached each status.
            threshold: The threshold in force, 0 to 1.
        """
        self._tiles["judged"].show_count(summary.judged, self.tr("of {queued} queued").format(queued=figures.count(ledger.queued)))
        for name, count in (("malignant", summary.malignant), ("benign", summary.benign)):
            self._tiles[name].show_count(count, _share(count, summary.judged))
        self._tiles["review"].show_count(summary.needs_review, self._words_on_reviewed(summary))
        parts = (outcome_words(Status.FAILED, ledger.failed), outcome_words(Status.REFUSED, ledger.refused))
        self._tiles["not_analysed"].show_count(ledger.failed + ledger.refused, ", ".join(parts))
        self.distribution.show_counts(summary.probabilities, threshold)
        self.subtypes.show_rows(
            [(localised(kind.name), count, kind.decision) for kind, count in zip(SUBTYPES, summary.subtypes, strict=True)]
        )
        self._quality.setVisible(bool(summary.not_analysed))
        self._reasons.show_rows([(localised(one.reason, figures=False), one.images, None) for one in summary.not_analysed[:_MOST_REASONS]])
        self._show_confusion(summary.confusion)
        self._show_reviews(summary.beside_reviews, enough=summary.has_enough_reviews)
        self._arrange()

    def _words_on_reviewed(self, summary: RunSummary) -> str:
        if not summary.reviewed:
            return _share(summary.needs_review, summary.judged)
        return self.tr("{reviewed} already reviewed").format(reviewed=figures.count(summary.reviewed))

    def _show_confusion(self, found: Confusion) -> None:
        self._truth_cards[0].setVisible(found.images > 0)
        self._truth_cards[1].setVisible(found.subtypes.total() > 0)
        matrix = _matrix(found.decisions, (Decision.BENIGN, Decision.MALIGNANT))
        (true_negative, false_positive), (false_negative, true_positive) = matrix
        self.decisions.show_counts(matrix)
        self.matrix.show_counts(_matrix(found.subtypes, SUBTYPES))
        self._figures.setText(
            self.tr("Sensitivity {sensitivity}, specificity {specificity}, on {images}.").format(
                sensitivity=_figure(true_positive, true_positive + false_negative),
                specificity=_figure(true_negative, true_negative + false_positive),
                images=images_words(found.images),
            )
        )
        self._caution.setText(self._words_of_caution(found))

    def _show_reviews(self, found: Confusion, *, enough: bool) -> None:
        """Show how the reviews compare with the model or, if there are too few reviews, how many are needed."""
        self._reviewed.setVisible(found.images > 0)
        self.reviews.setVisible(enough)
        self._reviews_caution.setVisible(enough)
        self.reviews.show_counts(_matrix(found.decisions, (Decision.BENIGN, Decision.MALIGNANT)))
        words = self.tr("Review and model agree on {same} of {images} images.")
        if not enough:
            words = self.tr("Shown when {needed} images are reviewed as benign and {needed} as malignant; so far {benign} and {malignant}.")
        self._agreement.setText(
            words.format(
                same=figures.count(sum(found.decisions[decision, decision] for decision in Decision)),
                images=figures.count(found.images),
                needed=figures.count(REVIEWS_OF_EACH_CLASS),
                benign=figures.count(found.of_class(Decision.BENIGN)),
                malignant=figures.count(found.of_class(Decision.MALIGNANT)),
            )
        )

    def _words_of_caution(self, found: Confusion) -> str:
        """Return a text about how far to trust the figures."""
        words = [
            self.tr(
                "The truth of {images} comes from official file names. Models that were trained on such images look better on "
                "them than on unseen patients; the model card has the figures that count."
            ).format(images=images_words(found.images))
        ]
        if found.contradicted:
            words.append(self.tr("Reviews contradict the official name of {images}.").format(images=images_words(found.contradicted)))
        return " ".join(words)


class _Tile(QFrame):
    """A count with its name and a note."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self._count = label("0", "tileCount")
        self._note = label("", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addWidget(label(name, "sectionName"))
        column.addWidget(self._count)
        column.addWidget(self._note)

    def show_count(self, count: int, note: str) -> None:
        self._count.setText(figures.count(count))
        self._note.setText(note)


def _card(title: str, *parts: QWidget) -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    column = QVBoxLayout(card)
    column.setContentsMargins(16, 12, 16, 12)
    column.setSpacing(8)
    column.addWidget(label(title, "sectionName"))
    for part in parts:
        column.addWidget(part)
    column.addStretch()
    return card


def _share(count: int, whole: int) -> str:
    return figures.percent(count / whole) if whole else ""


def _figure(part: int, whole: int) -> str:
    return figures.decimal(part / whole, 2) if whole else "–"


def _matrix(counts: Counter[tuple[_Label, _Label]], order: Sequence[_Label]) -> list[list[int]]:
    """Return counts keyed by (truth, prediction) as a matrix with a row for each class of the truth."""
    return [[counts[truth, called] for called in order] for truth in order]
