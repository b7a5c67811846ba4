"""BreakHis Desktop: sorts folders of H&E breast histology fields by suspicion of malignancy, for research use."""

import os

from breakhis_desktop.processor import end_without_numpy

end_without_numpy()

# NumPy reads this variable when it is imported. The program multiplies only small matrices; while other threads decode images, several BLAS
# threads would wait for one another fifty times as long as the product itself takes.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
