"""The text that describes an operating point."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from breakhis_desktop.domain.decision import Estimate, OperatingPoint, ReviewRule
from breakhis_desktop.ui.look import figures
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.wording.cards import CardCode
from breakhis_desktop.wording.message import Message

translate = QCoreApplication.translate


def preset_title(name: str) -> str:
    """Return the title of a preset in the window."""
    return localised(name).capitalize()


def explained_operating_point() -> str:
    """Return an explanation of operating points."""
    return translate(
        "OperatingPoint",
        "The operating point is the probability from which an image is called malignant.\n"
        "If you lower it, fewer malignant images are missed, but more benign ones are called malignant; "
        "if you raise it, the opposite happens.\n"
        "The probabilities stay as they are, and nothing is analysed again.",
    )


def evidence_words(evidence: Message | None) -> str:
    """Return a text on how an operating point was validated, without technical terms of training."""
    if not evidence:
        return translate("OperatingPoint", "Nothing is known about this threshold: only the presets were validated.")
    if evidence.code in {CardCode.CROSS_FITTED, CardCode.TEMPERATURE_CROSS_FITTED}:
        words = translate("OperatingPoint", "Measured on {images:,} images of {accessions:,} accessions, by models that had not seen them")
        return figures.local(words.format(**dict(evidence.values)))
    return translate("OperatingPoint", "Validation: {}").format(localised(evidence))


@dataclass(frozen=True, slots=True)
class PointWords:
    """The window's texts about an operating point."""

    point: OperatingPoint

    @property
    def threshold(self) -> str:
        """The threshold, to three decimal places."""
        return figures.decimal(self.point.threshold, 3)

    @property
    def sensitivity(self) -> str:
        """The sensitivity with its interval."""
        return translate("OperatingPoint", "sensitivity {}").format(_figure(self.point.sensitivity))

    @property
    def specificity(self) -> str:
        """The specificity with its interval."""
        return translate("OperatingPoint", "specificity {}").format(_figure(self.point.specificity))

    @property
    def shares(self) -> str:
        """The sensitivity and the specificity with their intervals."""
        return _both(_figure(self.point.sensitivity), _figure(self.point.specificity))

    def lines(self, own: OperatingPoint) -> tuple[str, ...]:
        """Return one-line texts about the point, the longest first, each with the threshold of the run's own point if that differs."""
        named = translate("OperatingPoint", "Operating point: {name}, {threshold}")
        if self.point != own:
            named = translate("OperatingPoint", "Operating point: {name}, {threshold} (the run's own: {own})")
        named = named.format(name=preset_title(self.point.name), threshold=self.threshold, own=figures.decimal(own.threshold, 3))
        shares = (self.point.sensitivity, self.point.specificity)
        if None in shares:
            return (named,)
        known = [one for one in shares if one is not None]
        with_intervals = _both(*map(figures.interval, known))
        short = _both(*(figures.decimal(one.value, 2) for one in known))
        return (f"{named} · {with_intervals}", f"{named} · {short}", named)

    @property
    def explained_sensitivity(self) -> str:
        """An explanation of the sensitivity and its figure."""
        words = translate("OperatingPoint", "Sensitivity: the share of malignant images that are called malignant.")
        counted = translate(
            "OperatingPoint", "In the validation it was {} of 100, with a 95% interval from {} to {}; the others were missed."
        )
        return _explained(words, counted, self.point.sensitivity)

    @property
    def explained_specificity(self) -> str:
        """An explanation of the specificity and its figure."""
        words = translate("OperatingPoint", "Specificity: the share of benign images that are called benign.")
        counted = translate(
            "OperatingPoint", "In the validation it was {} of 100, with a 95% interval from {} to {}; the others were called malignant."
        )
        return _explained(words, counted, self.point.specificity)

    @property
    def evidence(self) -> str:
        """The evidence behind the figures."""
        return evidence_words(self.point.evidence)

    def near(self, rule: ReviewRule) -> str:
        """Return a text on the range of probabilities that counts as near the threshold."""
        low, high = (figures.decimal(min(max(edge, 0.0), 1.0), 3) for edge in rule.band(self.point.threshold))
        return translate("OperatingPoint", "near the threshold: {low} to {high}").format(low=low, high=high)

    @property
    def explained_evidence(self) -> str:
        """The evidence, and how far to trust it."""
        if not self.point.evidence:
            return self.evidence
        caution = translate(
            "OperatingPoint",
            "Measured on images of patients that the models had not seen.\n"
            "The figures of a preset allow for the fact that its threshold had to be chosen. Those of other thresholds do not: "
            "if you choose a threshold by its figures, expect somewhat worse results.",
        )
        return f"{self.evidence}\n{caution}"


def _both(sensitivity: str, specificity: str) -> str:
    return translate("OperatingPoint", "sensitivity {}, specificity {}").format(sensitivity, specificity)


def _figure(estimate: Estimate | None) -> str:
    if estimate is None:
        return translate("OperatingPoint", "not known")
    return figures.interval(estimate)


def _explained(words: str, counted: str, estimate: Estimate | None) -> str:
    if estimate is None:
        unknown = translate("OperatingPoint", "Not known at this threshold.")
        return f"{words}\n{unknown}"
    figures = (round(100 * share) for share in (estimate.value, estimate.low, estimate.high))
    return f"{words}\n{counted.format(*figures)}"
