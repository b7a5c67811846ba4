"""BreakHis Desktop: sorts folders of H&E breast histology fields by suspicion of malignancy, for research use."""
