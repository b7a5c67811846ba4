"""Shows which models are loaded, how loading proceeds, or why nothing can be analysed."""

from PySide6.QtCore import QObject

from breakhis_desktop.ui.bundles.model_bundles import ModelBundles
from breakhis_desktop.ui.look.banner import Banner
from breakhis_desktop.ui.look.figures import count
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.queue.queue_panel import QueuePanel
from breakhis_desktop.ui.shell.status_strip import StatusStrip
from breakhis_desktop.ui.state.presenter import Presenter
from breakhis_desktop.wording.message import Message
from breakhis_desktop.worker.news import ModelsReady


class ModelStatus(QObject):
    """Shows news of the models in the queue panel, the status strip and the banner, and reloads the models on request."""

    def __init__(self, presenter: Presenter, bundles: ModelBundles, queue: QueuePanel, status: StatusStrip, banner: Banner) -> None:
        """Connect to the presenter, and to the requests to reload."""
        super().__init__(banner)
        self._bundles = bundles
        self._queue = queue
        self._status = status
        self._banner = banner
        self._device_trouble: Message | None = None
        presenter.stage_changed.connect(self._show_stage)
        presenter.models_ready.connect(self._show_models)
        presenter.models_blocked.connect(self._show_blocked)
        banner.retry_asked.connect(self._load_again)
        bundles.load_asked.connect(self._load_again)

    def _show_stage(self, stage: Message) -> None:
        self._queue.show_models(f"{localised(stage)}…")
        self._status.show_engine(f"{localised(stage)}…")

    def _show_models(self, ready: ModelsReady) -> None:
        card, checked = ready.card, self.tr("checked on {count} known images").format(count=count(ready.golden_images))
        self._queue.show_models(f"{card.name} {card.version}\u00a0·\u00a0{card.model_id[:4]}…{card.model_id[-2:]}\n{checked}")
        self._status.show_engine(self.tr("{engine} · models checked").format(engine=localised(ready.engine)))
        if self._device_trouble:
            self._banner.withdraw(self._device_trouble)
        self._device_trouble = ready.device_trouble
        if ready.device_trouble:
            self._banner.warn(ready.device_trouble)

    def _show_blocked(self, reason: Message) -> None:
        self._queue.show_models(self.tr("No models: nothing can be analysed."))
        self._status.show_engine(self.tr("no models"))
        self._banner.warn(reason, retry=True)

    def _load_again(self) -> None:
        if self._banner.asks_to_retry:
            self._banner.hide()
        self._bundles.load()
