"""BreakHis Desktop: sorts folders of H&E breast histology fields by suspicion of malignancy, for research use."""

import os

from breakhis_desktop.processor import end_without_numpy

end_without_numpy()

# NumPy multiplies small matrices alone here, and reads this when it is imported: with more threads, those that wait for
# one another took fifty times as long as the product, beside the threads that decode.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
