"""What is true on paper: no pixels, no files, no widgets; standard library only.

The words of the project, each for one thing, in code, window and reports alike:

- image: one picture file, a field of view (not: slide, sample, tile).
- picture: the decoded pixels of an image, as they are shown or classified (not: photo, bitmap).
- patient: who or what the job's rule reads as patient; for official names the slide id, `14-22549AB` (not: case, subject).
- accession: the digits of an official slide id, very likely one patient (not: slide, case number).
- magnification: 40, 100, 200 or 400 (not: zoom, scale).
- subtype: one of the eight tumour codes (not: class, category, label).
- operating point: a threshold with a name and the evidence for it (not: cut-off).
- point in force: the operating point from which a job is looked at; its run keeps its own (not: current threshold).
- job: what a user queued at once, a folder or some files (not: batch, task).
- run: one analysis of a job with one bundle and one threshold (not: session, analysis).
- ledger: how many images of a run ended how; it sums to the number queued (not: summary, stats).
- bundle: a folder with both models, their card and golden images (not: model folder, package).
- card: what a bundle says of itself (not: metadata, config).
- device: what the fast engine computes on, the CPU or one that nobody has tried (not: provider, accelerator).
- review: a human's look at an image, and what asks for one (not: check, audit).
"""
