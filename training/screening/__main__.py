"""`python -m training.screening`: judge the logits of the screening anew, and write `screening.csv`."""

from training.comparison.chosen import REFERENCE
from training.experiment.predictions import load_predictions, predictions_file
from training.experiment.protocols import PRIMARY
from training.screening.configurations import screened
from training.screening.judge import write_screening
from training.workspace import RESULTS

if __name__ == "__main__":
    reference = load_predictions(predictions_file(RESULTS, REFERENCE, PRIMARY))
    write_screening(RESULTS / "screening.csv", screened(RESULTS / "screening.npz", reference), reference)
