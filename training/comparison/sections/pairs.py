"""The two pairs of models that the brief puts side by side."""

from breakhis_desktop.domain.figures import Difference
from training.comparison.chosen import HEADLINE, PAIRS
from training.comparison.manuscript import Manuscript
from training.comparison.published import PUBLISHED
from training.comparison.runs import EXPECTED_PROTOCOLS, Comparison
from training.comparison.sections.names import FIGURES, in_sentence
from training.comparison.words import joined, protocol_words
from training.pages.filters import difference_text, number

_CAPTIONS = {
    "binary": "The brief's comparison, repeated on our images: {one} (left) and {other} (right), called malignant from its threshold of "
    ".5 on; rows are the truth, percentages are shares of a row. The brief published {published}.",
    "subtype": "The same for eight subtypes: {one} (left) and {other} (right). Codes as on the left; the dark lines part benign from "
    "malignant. The brief published {published}.",
}
_ALSO = {"binary": ("sensitivity_at_half", "specificity_at_sensitivity_95"), "subtype": ("accuracy",)}
_PUBLISHED = {"binary": ("recall", "sensitivity"), "subtype": ("macro recall", "macro_recall")}


def write_pairs(page: Manuscript, comparison: Comparison) -> None:
    """Write the section on the pairs of the brief."""
    page.heading("The brief's pairs: what augmentation does")
    for task, (without, augmented) in PAIRS.items():
        for protocol in EXPECTED_PROTOCOLS:
            page.text(_paragraph(comparison, task, protocol))
        names = {"one": in_sentence(without), "other": in_sentence(augmented), "published": _published(task)}
        page.picture(f"confusion_{task}", f"Confusion matrices of {without} and {augmented}", _CAPTIONS[task].format(**names))


def _paragraph(comparison: Comparison, task: str, protocol: str) -> str:
    """Say what augmentation changes under a protocol; empty where not both of the pair were run."""
    without, augmented = PAIRS[task]
    found = {figure: comparison.difference(augmented, without, protocol, task, figure) for figure in (HEADLINE[task], *_ALSO[task])}
    said = [_effect(FIGURES[figure], one) for figure, one in found.items() if one and one.value is not None]
    words = protocol_words(protocol)
    title = f"**{words[0].upper()}{words[1:]}, {comparison.behind(protocol, task)}.**"
    return f"{title} Added to {in_sentence(without)}, augmentation {joined(said)}." if said else ""


def _published(task: str) -> str:
    """Say what the brief published of the pair."""
    (words, name), (without, augmented) = _PUBLISHED[task], PAIRS[task]
    before, after = (PUBLISHED[recipe][name] for recipe in (without, augmented))
    return f"a {words} of {number(before)} without and {number(after)} with augmentation"


def _effect(figure: str, difference: Difference) -> str:
    if not difference.excludes_zero:
        return f"was not shown to change the {figure} ({difference_text(difference)})"
    return f"{'raises' if (difference.value or 0) > 0 else 'lowers'} the {figure} ({difference_text(difference)})"
