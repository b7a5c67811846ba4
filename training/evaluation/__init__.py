"""Evaluates recipes: all figures of a recipe under a protocol, from held-out predictions, and paired differences between two recipes."""

from training.evaluation.evaluation import Evaluation, PairedDifferences
from training.evaluation.evidence import WELL_COVERED_ACCESSIONS
from training.evaluation.figures import evaluate
from training.evaluation.pairs import compare_pairs
from training.evaluation.readable import readable

__all__ = ["WELL_COVERED_ACCESSIONS", "Evaluation", "PairedDifferences", "compare_pairs", "evaluate", "readable"]
