"""Python's sweeps of everything, a tenth of a second and more, while nobody looks at the window."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

UNUSED_MS = 3_000
DUE = 10  # sweeps of what is young, after which Python would sweep everything
AT_THE_LATEST = 200


class LongSweeps(QObject):
    """Waits until another program has been in front for a while, and sweeps then what is due."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.patience = QTimer(self, singleShot=True, interval=UNUSED_MS)
        self.patience.timeout.connect(self.sweep)
        app.applicationStateChanged.connect(self._on_state)
        gc.set_threshold(*gc.get_threshold()[:2], AT_THE_LATEST)

    def sweep(self) -> None:
        """Sweep everything, if that is due."""
        if gc.isenabled() and gc.get_count()[2] >= DUE:
            gc.collect()

    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self.patience.stop()
        else:
            self.patience.start()
