"""Runs the analysis for `breakhis-classify`, and shows how far it has progressed."""

import math
from functools import partial
from pathlib import Path

from breakhis_desktop.assets import default_models
from breakhis_desktop.cli.arguments import Options
from breakhis_desktop.cli.interruption import Wishes
from breakhis_desktop.cli.outputs import keep
from breakhis_desktop.cli.progress_line import ProgressLine
from breakhis_desktop.cli.waiting import wait_for
from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.domain.decision import OperatingPoint
from breakhis_desktop.domain.operating_curve import custom_point
from breakhis_desktop.domain.records import ImageRecord, Ledger, RunInfo, Status
from breakhis_desktop.errors import UserError
from breakhis_desktop.files import absolute
from breakhis_desktop.inference.deferred import DeferredClassifier
from breakhis_desktop.pipeline.analyse import Request, analyse
from breakhis_desktop.pipeline.check_case import check_case
from breakhis_desktop.pipeline.discover import Asking
from breakhis_desktop.pipeline.events import FilesAwaited, ImagesEnded, RunEnded, RunPaused, RunStarted
from breakhis_desktop.store.store import Store
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode


def run(options: Options, store_file: Path, wishes: Wishes, bar: ProgressLine) -> tuple[ModelCard, RunInfo, Ledger, list[ImageRecord]]:
    """Run or resume the analysis that the command line asks for; return the models' card, the run, its ledger and its images."""
    classifier = wait_for(partial(_open_models, options, bar), bar, lambda: math.inf)
    request = Request(
        tuple(options.paths),
        _point(options, classifier.card),
        gate=not options.no_gate,
        resume=options.store is not None,
        identity_rule=options.patients,
        reuse=options.reuse,
    )
    done = 0
    try:
        with Store(store_file) as store:
            wishes.heeded.set()
            for event in analyse(request, classifier, store, wishes.cancel):
                match event:
                    case FilesAwaited():
                        bar.note_awaited(event)
                    case RunStarted(run_info, queued):
                        bar.start(queued, event.ended)
                        if options.case:
                            check_case(store.run(run_info.run_id), options.case)
                    case ImagesEnded(records):
                        bar.advance(sum(record.status is not Status.CANCELLED for record in records))
                        done += sum(record.status is Status.DONE for record in records)
                    case RunPaused():  # a signal arrived before the run started
                        raise KeyboardInterrupt
                    case RunEnded(ledger):
                        bar.clear()
            wishes.over.set()
            return classifier.card, run_info, ledger, store.run(run_info.run_id).records()
    except Exception:
        bar.clear()
        if done and not options.store:
            keep(store_file)
        raise


def _open_models(options: Options, bar: ProgressLine, asking: Asking) -> DeferredClassifier:
    models = options.models or default_models()
    asking(absolute(models))
    return DeferredClassifier(models, bar.say, options.engine, options.device, bar.note)


def _point(options: Options, card: ModelCard) -> OperatingPoint:
    if options.threshold is not None:
        return custom_point(options.threshold, card.curve)
    if options.operating_point not in card.points:
        raise UserError(Message.of(RunCode.CLI_NO_SUCH_POINT, name=options.operating_point, points=tuple(card.points)))
    return card.points[options.operating_point]
