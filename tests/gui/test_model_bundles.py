"""Models are listed with their cards, installed only after they pass every check, and used from the next run on."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from breakhis_desktop import paths
from breakhis_desktop.assets import default_models
from breakhis_desktop.domain.card_parts import TrainingData
from breakhis_desktop.inference.bundle import read_card
from breakhis_desktop.pipeline.installed_bundles import list_bundles
from breakhis_desktop.quality.gate import SHIPPED_LIMITS
from breakhis_desktop.ui.bundles.card_page import card_page
from breakhis_desktop.ui.bundles.models_dialog import ModelsDialog
from breakhis_desktop.ui.look.theme import LIGHT
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.settings import Settings
from breakhis_desktop.worker.analysis import ClassifierLoader
from build_spec.light_models import leave_out_networks
from tests.conftest import CARD, FakeClassifier
from tests.factories import there
from tests.gui.conftest import MakeWindow


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Return a bundle that differs from the shipped bundle only in its name and temperatures."""
    folder = tmp_path / "other"
    shutil.copytree(default_models(), folder)
    file = folder / "card.json"
    card = json.loads(file.read_text(encoding="utf-8")) | {"name": "other", "temperature": {"binary": 2.0, "subtype": 2.0}}
    file.write_text(json.dumps(card), encoding="utf-8")
    return folder


@pytest.fixture
def loaded() -> list[Path]:
    """Return an empty list for the folders from which the window loads models."""
    return []


def recording(loaded: list[Path]) -> ClassifierLoader:
    """Return a loader that appends to a list each folder from which it loads."""

    def load(folder: Path, _report_stage: object) -> FakeClassifier:
        loaded.append(folder)
        return FakeClassifier()

    return load


@pytest.fixture
def window(make_window: MakeWindow, loaded: list[Path]) -> MainWindow:
    return make_window(recording(loaded))


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> Iterator[ModelsDialog]:
    made = ModelsDialog(LIGHT, window)
    window.bundles.dialog = made
    window.bundles._list("")
    made.use_asked.connect(window.bundles.use)
    made.remove_asked.connect(window.bundles.remove)
    made.show()
    yield made
    made.close()


def test_choosing_other_models_while_the_dialog_is_busy_enables_no_button(dialog: ModelsDialog, other: Path) -> None:
    dialog.show_message("Checking…", busy=True)
    for row in range(dialog.list.count()):
        dialog.list.setCurrentRow(row)
    dialog.list.setCurrentRow(-1)
    dialog.list.setCurrentRow(0)
    assert not any(button.isEnabled() for button in (dialog.install, dialog.remove, dialog.use))
    dialog.show_message("")
    assert dialog.install.isEnabled()


def test_the_shipped_models_are_listed_with_their_card_and_cannot_be_removed(dialog: ModelsDialog) -> None:
    card = read_card(default_models())
    text = dialog.page.toPlainText()
    assert dialog.list.item(0).text() == f"{card.name}\n{card.version}\nships with the program · in use"
    for words in (card.model_id, *card.all_hashes.values(), "0.95 [0.89, 0.99]", "Not a medical device", card.limits[1]):
        assert words in text
    assert not dialog.remove.isEnabled()
    assert not dialog.use.isEnabled()


def test_the_card_says_which_networks_were_left_out(other: Path) -> None:
    words = "left out here; joint.onnx is used instead"
    assert words not in card_page(read_card(other))
    leave_out_networks(other)
    assert card_page(read_card(other)).count(words) == 2


def test_a_bundle_can_be_installed_and_used_and_removed(
    dialog: ModelsDialog, window: MainWindow, loaded: list[Path], other: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: loaded == [tmp_path / "models"])
    with qtbot.waitSignal(window.bundles.installed, timeout=60_000):
        window.bundles.install(other)
        qtbot.waitUntil(lambda: not dialog.install.isEnabled(), timeout=20_000)
    assert dialog.install.isEnabled()
    name = read_card(other).model_id
    assert dialog.list.count() == 2
    assert there(dialog.selected()).name == name
    assert "All checks passed" in dialog.message.text()
    assert dialog.remove.isEnabled()
    with qtbot.waitSignal(window.presenter.models_ready):
        dialog.use.click()
    assert Settings(paths.settings_file()).values.bundle == name
    assert loaded[1:] == [paths.models_folder() / name]
    assert not dialog.remove.isEnabled()
    dialog.list.setCurrentRow(0)
    with qtbot.waitSignal(window.presenter.models_ready):
        dialog.use.click()
    assert loaded[2:] == [tmp_path / "models"]
    dialog.list.setCurrentRow(1)
    dialog.remove.click()
    qtbot.waitUntil(lambda: dialog.list.count() == 1)
    assert list(paths.models_folder().iterdir()) == []


def test_a_folder_without_models_is_not_installed_and_the_reason_is_shown(
    dialog: ModelsDialog, window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.bundles.failed, timeout=20_000) as failed:
        window.bundles.install(folder)
    assert failed.args is not None
    assert "No models were found in" in str(failed.args[0])
    assert dialog.message.text() == str(failed.args[0])
    assert dialog.list.count() == 1
    assert list(paths.models_folder().glob("*")) == []


def test_the_chosen_bundle_is_loaded_at_the_next_start(make_window: MakeWindow, loaded: list[Path], qtbot: QtBot) -> None:
    Settings(paths.settings_file()).change(bundle="0123456789abcdef")
    window = make_window(recording(loaded))
    qtbot.waitUntil(lambda: window.presenter.card is not None)
    assert loaded == [paths.models_folder() / "0123456789abcdef"]


def test_another_bundle_can_be_chosen_if_the_bundle_in_use_is_missing(window: MainWindow, qtbot: QtBot) -> None:
    dialog = ModelsDialog(LIGHT, window)
    dialog.show_bundles(list_bundles(default_models(), paths.models_folder()), "gone", "")
    with qtbot.waitSignal(dialog.use_asked) as asked:
        dialog.use.click()
    assert [bundle.name for bundle in there(asked.args)] == [""]


def test_a_card_without_training_data_is_shown_and_markup_in_it_is_escaped() -> None:
    page = card_page(replace(CARD, name="<b>bold</b>", training_data=TrainingData()))
    assert "<b>bold" not in page
    assert "<b>bold</b> 1" in unescape(page)
    assert "Operating points" in page


def test_the_card_says_whose_limits_the_quality_gate_uses() -> None:
    assert "because these models set none" in card_page(CARD)
    assert "set for these models" in card_page(replace(CARD, gate_limits=SHIPPED_LIMITS))
