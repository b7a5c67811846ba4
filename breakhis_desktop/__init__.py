"""BreakHis Desktop: sorts folders of H&E breast histology fields by suspicion of malignancy, for research use."""

import os

from breakhis_desktop.processor import end_without_numpy

end_without_numpy()

# NumPy reads this on import. Only small matrices are multiplied here; alongside the decoding threads, BLAS threads waiting for one another
# would take fifty times as long as the product itself.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
