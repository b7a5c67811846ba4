"""The two classes and eight subtypes of BreakHis, in the order of the models' outputs."""

from dataclasses import dataclass
from enum import StrEnum


class Decision(StrEnum):
    """Benign or malignant."""

    BENIGN = "benign"
    MALIGNANT = "malignant"


@dataclass(frozen=True, slots=True)
class Subtype:
    """One of the eight tumour subtypes, with its code in official file names."""

    code: str
    name: str
    decision: Decision


SUBTYPES = (
    Subtype("A", "Adenosis", Decision.BENIGN),
    Subtype("F", "Fibroadenoma", Decision.BENIGN),
    Subtype("PT", "Phyllodes tumour", Decision.BENIGN),
    Subtype("TA", "Tubular adenoma", Decision.BENIGN),
    Subtype("DC", "Ductal carcinoma", Decision.MALIGNANT),
    Subtype("LC", "Lobular carcinoma", Decision.MALIGNANT),
    Subtype("MC", "Mucinous carcinoma", Decision.MALIGNANT),
    Subtype("PC", "Papillary carcinoma", Decision.MALIGNANT),
)
SUBTYPE_CODES = tuple(subtype.code for subtype in SUBTYPES)
SUBTYPE_BY_CODE = {subtype.code: subtype for subtype in SUBTYPES}
MAGNIFICATIONS = (40, 100, 200, 400)
