"""Printing for parcels: which paper, for whom, how its first page looks, what is to be known beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from creator_crm.domain.errors import UserError
from creator_crm.domain.frozen import immutable
from creator_crm.domain.label_sheets import SHEETS, USUAL, sheet
from creator_crm.services.slips import Slips, refuse_nothing
from creator_crm.ui.seeding.note_text import NoteText
from creator_crm.ui.seeding.paper.made import KINDS, Choices, Problem, paper_of, problems
from creator_crm.ui.seeding.paper.page import Paper, layout_of, pdf_of, picture_of, print_on
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import choose_new_file, plain_label
from creator_crm.ui.shared.form.number_box import NumberBox
from creator_crm.ui.shared.form.question import column_of, ending
from creator_crm.ui.shared.jobs import Lane, Progress
from creator_crm.ui.shared.layouts import scrolled
from creator_crm.ui.shared.text import counted, number, tr

WAIT_MS = 250  # after the last key before the first page is drawn again
SEEN = QSize(350, 500)


@immutable
class Asked:
    """What is to be printed: parcels (None for all that are ready), the paper, and the text of the notes."""

    parcels: tuple[int, ...] | None
    choices: Choices
    note: str


@immutable
class Drawn:
    """The first page, how many there are, and what is to be known."""

    asked: Asked
    slips: Slips
    pages: int
    problems: tuple[Problem, ...]
    first: QImage


class PrintDialog(QDialog):
    """Chooses a paper for the selected parcels, or for all that are approved or packed."""

    def __init__(self, context: Context, parent: QWidget, selected: Sequence[int] = ()) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Print for parcels"))
        self._context, self._workspace = context, context.workspace
        self._selected = tuple(selected)
        self.drawn: Drawn | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self.draw)
        self.kind = QComboBox(self)
        self.whose = QComboBox(self)
        self.size_box = QComboBox(self)
        self.start = NumberBox(1, 1, self)
        self.note = NoteText(self._workspace.gift_note(), self)
        self.from_label = plain_label("", "muted", wrap=True, parent=self)
        self.sender_button = buttons.button(tr("Change…"), "map-pin", "quiet", self)
        self.picture = QLabel(self)
        self.pages = plain_label("", "muted", parent=self)
        self.problems = plain_label("", "error", wrap=True, parent=self)
        self.print_button = buttons.button(tr("Print…"), "printer", "", self)
        self.save_button = buttons.button(tr("Save as PDF…"), "file-down", "primary", self)
        self.save_button.setDefault(True)
        self._fill()
        self._build()
        self._connect()
        self._show_what_fits()
        self._tell_sender()
        self.draw()

    @property
    def asked(self) -> Asked:
        """What is chosen now."""
        choices = Choices(self.kind.currentData(), self.size_box.currentData(), self.start.value())
        return Asked(self.whose.currentData(), choices, self.note.text)

    def draw(self) -> None:
        """Draw the first page of what is chosen, beside the window's own work."""
        self._wait.stop()
        self._allow(False)
        asked, workspace = self.asked, self._workspace
        width = round(SEEN.width() * self.devicePixelRatioF())

        def work(_: Progress) -> Drawn:
            slips = workspace.slips(asked.parcels, asked.note)
            refuse_nothing(slips)
            paper = paper_of(slips, asked.choices, workspace.sender().country)
            first = picture_of(paper, 0, width)
            return Drawn(asked, slips, paper.pages, problems(paper, slips), first)

        self._context.jobs.run(
            tr("Drawing the first page"),
            work,
            done=self._show,
            failed=partial(self._refuse, asked),
            owner=self,
            can_cancel=False,
        )

    def save_to(self, path: Path) -> None:
        """Write the PDF in the background and close."""
        paper, workspace = self._paper(), self._workspace
        tell = self._context.tell

        def work(progress: Progress) -> None:
            workspace.write_document(pdf_of(paper, progress), path)

        def done(_: None) -> None:
            tell(tr("Saved as {name}.").format(name=path.name), "ok")

        self._start(tr("Writing {name}").format(name=path.name), work, done)

    def print(self) -> None:
        """Ask for the printer and print in the background."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        paper = self._paper()
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(paper.title)
        printer.setFullPage(True)
        printer.setPageLayout(layout_of(paper))
        if QPrintDialog(printer, self).exec() != QDialog.DialogCode.Accepted:
            return
        tell = self._context.tell

        def work(progress: Progress) -> None:
            print_on(printer, paper, progress)

        def done(_: None) -> None:
            tell(tr("Sent to the printer. Print labels at their actual size, not fitted to the page."), "ok")

        self._start(tr("Printing"), work, done)

    # Inside --------------------------------------------------------------------------------------------

    def _paper(self) -> Paper:
        assert self.drawn is not None
        return paper_of(self.drawn.slips, self.drawn.asked.choices, self._workspace.sender().country)

    def _start(self, label: str, work: object, done: object) -> None:
        self._keep_note()
        self._context.jobs.run(label, work, done=done, lane=Lane.FREE, owner=self._context.window)  # type: ignore[arg-type]
        self.accept()

    def _keep_note(self) -> None:
        if self.note.isVisibleTo(self) and self.note.text != self._workspace.gift_note():
            self._workspace.set_gift_note(self.note.text)

    def _save(self) -> None:
        name = f"{KINDS[self.kind.currentData()]} {date.today().isoformat()}.pdf"
        path = choose_new_file(self, self.windowTitle(), self._workspace.path.with_name(name), "PDF (*.pdf)")
        if path is not None:
            self.save_to(path)

    def _change_sender(self) -> None:
        from creator_crm.ui.seeding.sender import SenderDialog

        dialog = SenderDialog(self._context, self)
        dialog.accepted.connect(self._tell_sender)
        dialog.accepted.connect(self.draw)
        dialog.open()

    def _show(self, drawn: Drawn) -> None:
        if drawn.asked != self.asked:
            return  # something else is chosen meanwhile, and being drawn
        self.drawn = drawn
        shown = QPixmap.fromImage(drawn.first)
        ratio = self.devicePixelRatioF()
        shown = shown.scaled(
            SEEN * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        shown.setDevicePixelRatio(ratio)
        self.picture.setPixmap(shown)
        parcels = counted(len(drawn.slips.slips), "parcel", "parcels")
        pages = counted(drawn.pages, "page", "pages")
        self.pages.setText(tr("{parcels}, {pages}").format(parcels=parcels, pages=pages))
        self.problems.setText("\n\n".join(one.sentence for one in drawn.problems))
        self._allow(True)

    def _refuse(self, asked: Asked, refusal: UserError) -> None:
        if asked == self.asked:
            self.drawn = None
            self.picture.clear()
            self.pages.setText("")
            self.problems.setText(str(refusal))

    def _allow(self, may: bool) -> None:
        self.save_button.setEnabled(may)
        self.print_button.setEnabled(may)

    def _change(self) -> None:
        self._show_what_fits()
        self._allow(False)
        self.problems.setText("")
        self.pages.setText(tr("Drawing the first page …"))
        self._wait.start()

    def _show_what_fits(self) -> None:
        """Only what the chosen paper asks for."""
        kind = self.kind.currentData()
        for part in (*self._of_labels, self.size_box, self.start):
            part.setVisible(kind == "labels")
        for part in (self._of_note, self.note):
            part.setVisible(kind in ("gift-notes", "packing-slips"))
        on_page = sheet(self.size_box.currentData()).on_page
        self.start.setMaximum(on_page)
        self.start.setEnabled(on_page > 1)
        self.start.setSuffix(tr(" of {count}").format(count=number(on_page)))

    def _tell_sender(self) -> None:
        sender = self._workspace.sender()
        told = ", ".join(filter(None, (sender.recipient, sender.street, sender.city)))
        self.from_label.setText(told or tr("Not known yet; labels then name every country."))

    def _fill(self) -> None:
        for kind, label in KINDS.items():
            self.kind.addItem(tr(label), kind)
        if self._selected:
            chosen = counted(len(self._selected), "selected parcel", "selected parcels")
            self.whose.addItem(chosen, self._selected)
        self.whose.addItem(tr("All that are approved or packed"), None)
        for one in SHEETS:
            self.size_box.addItem(tr(one.name), one.key)
        last = self.size_box.findData(self._context.state.text("label_sheet", USUAL))
        self.size_box.setCurrentIndex(max(last, 0))

    def _connect(self) -> None:
        for box in (self.kind, self.whose, self.size_box):
            box.currentIndexChanged.connect(self._change)
        self.size_box.currentIndexChanged.connect(
            lambda: self._context.state.remember("label_sheet", self.size_box.currentData())
        )
        self.start.valueChanged.connect(self._change)
        self.note.changed.connect(self._change)
        self.sender_button.clicked.connect(self._change_sender)
        self.save_button.clicked.connect(self._save)
        self.print_button.clicked.connect(self.print)

    def _build(self) -> None:
        from_row = QHBoxLayout()
        from_row.addWidget(self.from_label, 1)
        from_row.addWidget(self.sender_button)
        left = QVBoxLayout()
        left.setSpacing(theme.S)
        self._of_labels = [plain_label(tr("Labels"), "muted"), plain_label(tr("Begin at label"), "muted")]
        self._of_note = plain_label(tr("Text of the note"), "muted")
        rows: tuple[tuple[QLabel, QWidget | QHBoxLayout, QWidget], ...] = (
            (plain_label(tr("Paper"), "muted"), self.kind, self.kind),
            (plain_label(tr("For"), "muted"), self.whose, self.whose),
            (self._of_labels[0], self.size_box, self.size_box),
            (self._of_labels[1], self.start, self.start),
            (plain_label(tr("Sender"), "muted"), from_row, self.sender_button),
            (self._of_note, self.note, self.note.editor),
        )
        for label, part, editor in rows:
            editor.setAccessibleName(label.text())
            left.addWidget(label)
            if isinstance(part, QWidget):
                left.addWidget(part, 3 if part is self.note else 0)
            else:
                left.addLayout(part)
        left.addWidget(_in_view(self.problems), 1)
        right = QVBoxLayout()
        self.picture.setFixedSize(SEEN)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName(tr("The first page"))
        right.addWidget(self.picture)
        right.addWidget(self.pages, 0, Qt.AlignmentFlag.AlignHCenter)
        right.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(theme.XL)
        both.addLayout(left, 1)
        both.addLayout(right)
        column = column_of(self)
        column.addLayout(both, 1)
        end = ending(self, self.save_button)
        end.insertWidget(end.count() - 1, self.print_button)
        column.addLayout(end)
        self.resize(840, 620)


def _in_view(label: QLabel) -> QWidget:
    """The sentences with a scroll bar once they are many."""
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    return scrolled(label, tr("To be known before printing"))
