"""Explanations of the window's medical and statistical terms, for tooltips and the help page."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Term:
    """A term and its meaning in this program, in a sentence or two."""

    word: str
    meaning: str


def glossary() -> Mapping[str, Term]:
    """Return the terms, keyed by name, in the order in which to read them."""
    return {**_images(), **_figures(), **_decisions(), **_tissue()}


def meaning(name: str) -> str:
    """Return the meaning of a term, in the window's language."""
    return glossary()[name].meaning


def _images() -> dict[str, Term]:
    return {
        "field": Term(
            translate("Glossary", "Field"),
            translate("Glossary", "One photograph through the microscope, as opposed to the scan of a whole slide."),
        ),
        "patient": Term(
            translate("Glossary", "Patient"),
            translate(
                "Glossary",
                "The slide id in the name of the image, such as 14-22549AB, or what the job's rule reads. The Patients page adds up the "
                "images of one accession.",
            ),
        ),
        "accession": Term(
            translate("Glossary", "Accession"),
            translate("Glossary", "The laboratory's number of a specimen, such as 22549; several slides may come from one."),
        ),
        "magnification": Term(
            translate("Glossary", "Magnification"),
            translate(
                "Glossary",
                "How much the microscope enlarged the field. The models that ship with the program know 40×, 100×, 200× and 400×.",
            ),
        ),
    }


def _figures() -> dict[str, Term]:
    return {
        "probability": Term(
            translate("Glossary", "Probability of malignancy"),
            translate(
                "Glossary",
                "How sure the model is, from 0 to 1. It is calibrated: among many images at 0.80, about 80 in 100 would be malignant in a "
                "collection mixed like the one that the model learned from.",
            ),
        ),
        "operating_point": Term(
            translate("Glossary", "Operating point"),
            translate(
                "Glossary",
                "The probability from which an image is called malignant. A lower one misses fewer malignant images and raises more "
                "false alarms.",
            ),
        ),
        "sensitivity": Term(
            translate("Glossary", "Sensitivity"),
            translate("Glossary", "Of all images that are malignant, the share that was called malignant when the model was validated."),
        ),
        "specificity": Term(
            translate("Glossary", "Specificity"),
            translate("Glossary", "Of all images that are benign, the share that was called benign when the model was validated."),
        ),
        "interval": Term(
            translate("Glossary", "95% interval"),
            translate(
                "Glossary",
                "The range in which the true figure probably lies. It is wide if the figure rests on few specimens.",
            ),
        ),
    }


def _decisions() -> dict[str, Term]:
    return {
        "review": Term(
            translate("Glossary", "Needs review"),
            translate(
                "Glossary",
                "A person must look: the probability is near the operating point, the two models disagree, or the image is unusual.",
            ),
        ),
        "disagree": Term(
            translate("Glossary", "Models disagree"),
            translate(
                "Glossary", "The first model calls the image benign or malignant, and the second favours a subtype of the other kind."
            ),
        ),
        "refused": Term(
            translate("Glossary", "Refused"),
            translate(
                "Glossary",
                "The image can be read but should not be analysed: blurred, empty glass, another stain, or unlike all training images.",
            ),
        ),
        "heat_map": Term(
            translate("Glossary", "Heat map"),
            translate("Glossary", "Which parts of the image led to the model's answer. It does not outline a lesion and proves nothing."),
        ),
        "bundle": Term(
            translate("Glossary", "Model bundle"),
            translate(
                "Glossary", "The folder with both models, their card and known images on which they are checked each time they load."
            ),
        ),
    }


def _tissue() -> dict[str, Term]:
    return {
        "benign": Term(
            translate("Glossary", "Benign"),
            translate("Glossary", "Not cancer. Subtypes: adenosis (A), fibroadenoma (F), phyllodes tumour (PT) and tubular adenoma (TA)."),
        ),
        "malignant": Term(
            translate("Glossary", "Malignant"),
            translate(
                "Glossary",
                "Cancer. Subtypes: ductal carcinoma (DC), lobular carcinoma (LC), mucinous carcinoma (MC) and papillary carcinoma (PC).",
            ),
        ),
        "stain": Term(
            translate("Glossary", "H&E"),
            translate("Glossary", "Haematoxylin and eosin, the common stain that colours nuclei blue-violet and the rest pink."),
        ),
    }
