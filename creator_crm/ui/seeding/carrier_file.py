"""The file for a shipping program: which program, which parcels, who is left out and why, where it goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from creator_crm.services.carrier_plan import programs
from creator_crm.ui.shared import buttons
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import choose_new_file, plain_label
from creator_crm.ui.shared.form.question import column_of, ending, fit_height, lines
from creator_crm.ui.shared.jobs import Progress
from creator_crm.ui.shared.labels import Remark, heading
from creator_crm.ui.shared.line_list import Line, LineList
from creator_crm.ui.shared.text import counted, isolate, tr

if TYPE_CHECKING:
    from creator_crm.domain.errors import UserError
    from creator_crm.services.carrier_plan import CarrierFile

WIDTH = 620
LIST_HEIGHT = 190
PROGRAM = "carrier_file.program"  # the one that was used last
REMARKS = 3
ENDINGS = {".csv": "CSV (*.csv)", ".xlsx": "Excel (*.xlsx)"}


class CarrierFileDialog(QDialog):
    """Shows what would be written before anything is; a line of who is left out leads to the parcel."""

    def __init__(self, context: Context, parent: QWidget, selected: Sequence[int] = ()) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Carrier file"))
        self._context, self._workspace = context, context.workspace
        self._selected = tuple(selected)
        self.file: CarrierFile | None = None
        self.program = QComboBox(self)
        self.program.setAccessibleName(tr("For"))
        self.whose = QComboBox(self)
        self.whose.setAccessibleName(tr("Parcels"))
        self.ready = Remark("", "ok", self)
        self.left_out = plain_label("", parent=self)
        self.list = LineList(tr("Left out"), self)
        self.list.setFixedHeight(LIST_HEIGHT)
        self.remarks = [Remark("", "warn", self) for _ in range(REMARKS)]
        self.advice = plain_label("", "muted", wrap=True, parent=self)
        self.services_button = buttons.button(tr("Carrier services…"), "truck", "quiet", self)
        self.services_button.setAutoDefault(False)
        self.save_button = buttons.button(tr("Save file…"), "file-down", "primary", self)
        self.save_button.setDefault(True)
        self._fill()
        self._build()
        self.program.currentIndexChanged.connect(self.look)
        self.whose.currentIndexChanged.connect(self.look)
        self.list.opened.connect(self._open)
        self.services_button.clicked.connect(self._show_services)
        self.save_button.clicked.connect(self._choose)
        context.changed.connect(self._on_changed)
        self.look()

    def look(self) -> None:
        """Find out what would go into the file, beside the window's own work."""
        self.save_button.setEnabled(False)
        program, parcels, workspace = self.program.currentData(), self.whose.currentData(), self._workspace

        def work(_: Progress) -> CarrierFile:
            return workspace.carrier_file(program, parcels)

        self._context.jobs.run(
            tr("Looking at the parcels"), work, done=self._show, owner=self, can_cancel=False
        )

    def save_to(self, path: Path) -> None:
        """Write the file in the background and close."""
        file, workspace = self.file, self._workspace
        if file is None:
            return
        self._context.state.remember(PROGRAM, file.program)

        def work(progress: Progress) -> None:
            workspace.write_carrier_file(file, path, progress)

        self.save_button.setEnabled(False)
        self._context.jobs.run(
            tr("Writing {name}").format(name=isolate(path.name)),
            work,
            done=partial(self._written, path),
            failed=self._refuse,
            owner=self,
        )

    # Inside --------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        for name, label in programs().items():
            self.program.addItem(label, name)
        self.program.setCurrentIndex(max(self.program.findData(self._context.state.text(PROGRAM)), 0))
        self.whose.addItem(tr("All that are approved or packed"), None)
        if self._selected:
            chosen = counted(len(self._selected), "selected parcel", "selected parcels")
            self.whose.addItem(chosen, self._selected)
        # One line of the list is always chosen; who wants only some chooses several.
        self.whose.setCurrentIndex(int(len(self._selected) > 1))

    def _build(self) -> None:
        self.setFixedWidth(WIDTH)
        says = tr(
            "Your shipping program reads this file and makes the labels. Import its own list afterwards: the "
            "tracking numbers then come to their parcels by themselves."
        )
        column = column_of(self)
        column.addWidget(heading(tr("A file for your shipping program")))
        column.addWidget(plain_label(says, "muted", wrap=True))
        column.addLayout(lines((tr("For"), self.program), (tr("Parcels"), self.whose)))
        column.addWidget(self.ready)
        for remark in self.remarks:
            column.addWidget(remark)
        column.addWidget(self.left_out)
        column.addWidget(self.list)
        column.addWidget(self.advice)
        last = ending(self, self.save_button)
        last.insertWidget(0, self.services_button)
        column.addLayout(last)
        self.left_out.hide()
        self.list.hide()

    def _show(self, file: CarrierFile) -> None:
        if file.program != self.program.currentData():
            return  # another one is chosen meanwhile, and its answer on its way
        self.file = file
        count = len(file.parcels)
        ready = tr("{parcels} will be in the file.").format(parcels=counted(count, "parcel", "parcels"))
        self.ready.say(ready if count else tr("No parcel is ready."), "ok" if count else "muted")
        shown = [*file.remarks[:REMARKS], *[""] * REMARKS]
        if len(file.remarks) > REMARKS:
            more = len(file.remarks) - REMARKS + 1
            shown[REMARKS - 1] = tr("{n} more remarks of that kind.").format(n=more)
        for label, text in zip(self.remarks, shown, strict=False):
            label.say(text)
        self.left_out.setText(
            tr("Left out: {parcels}").format(parcels=counted(len(file.left_out), "parcel", "parcels"))
        )
        self.list.show_lines(
            [Line(str(one.parcel), _called(one.number, one.recipient), one.why) for one in file.left_out]
        )
        for part in (self.left_out, self.list):
            part.setVisible(bool(file.left_out))
        self.advice.setText(tr(file.advice))
        self.save_button.setEnabled(bool(count))
        fit_height(self, WIDTH)

    def _choose(self) -> None:
        file = self.file
        if file is None:
            return
        name = f"{file.label} {date.today().isoformat()}{file.endings[0]}"
        kinds = ";;".join(ENDINGS[ending] for ending in file.endings)
        path = choose_new_file(self, self.windowTitle(), self._workspace.path.with_name(name), kinds)
        if path is not None:
            self.save_to(path)

    def _written(self, path: Path, _: None) -> None:
        assert self.file is not None
        parcels = counted(len(self.file.parcels), "parcel is", "parcels are")
        told = tr("{parcels} in {name}.").format(parcels=parcels, name=isolate(path.name))
        self._context.tell(told, "ok")
        self.accept()

    def _refuse(self, refusal: UserError) -> None:
        self.ready.say(str(refusal), "danger")
        self.save_button.setEnabled(True)
        fit_height(self, WIDTH)

    def _open(self, place: int) -> None:
        """Go to a parcel that is left out."""
        if self.file is not None and 0 <= place < len(self.file.left_out):
            self._context.show_record("shipment", self.file.left_out[place].parcel)
            self.reject()

    def _show_services(self) -> None:
        self._context.actions["tools.carrier_services"].trigger()

    def _on_changed(self, _: object) -> None:
        self.look()


def _called(number: str, recipient: str) -> str:
    return f"{number} · {isolate(recipient)}" if recipient else number
