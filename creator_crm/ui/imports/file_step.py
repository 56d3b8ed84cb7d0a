"""Step 1: what was recognised and why, and the first rows as they are in the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QSpinBox, QVBoxLayout, QWidget

from creator_crm.services.imports import Recognition
from creator_crm.ui.imports.preview import RawRows, fit_columns, raw_table
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.labels import Labelled, Remark, heading
from creator_crm.ui.shared.table.flow import Flow
from creator_crm.ui.shared.text import counted, isolate, number, tr

SHOWN_ROWS = 20
TYPING_MS = 250
DELIMITERS = {",": "Comma  ,", ";": "Semicolon  ;", "\t": "Tab", "|": "Bar  |"}
ENCODINGS = {
    "utf-8": "Unicode (UTF-8)",
    "cp1252": "Western European (Windows)",
    "latin-1": "Western European (ISO)",
    "mac_roman": "Western European (Mac)",
    "cp1250": "Central European (Windows)",
    "cp1251": "Cyrillic (Windows)",
    "cp1254": "Turkish (Windows)",
    "shift_jis": "Japanese (Shift JIS)",
    "gb18030": "Chinese (GB 18030)",
}


@dataclass(frozen=True, slots=True)
class FileChoices:
    """How a person wants the file read; None: as it was recognised."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: int | None = None
    table: int = 0
    header_row: int | None = None


class FileStep(QWidget):
    """Shows a recognition; `choices_changed` asks for the file to be looked at again."""

    choices_changed = Signal(object)  # FileChoices

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choices = FileChoices()
        self.heading = heading(parent=self)
        self.facts = plain_label("", "muted", parent=self)
        self.trouble = Remark("", "danger", self)
        self.remarks = Remark("", "warn", self)
        self.sheet = _box(tr("Sheet"), self)
        self.table_box = _box(tr("Table"), self)
        self.delimiter = _box(tr("Columns are separated by"), self)
        self.encoding = _box(tr("Letters are written in"), self)
        self.header_row = QSpinBox(self)
        self.header_row.setAccessibleName(tr("The headers are in line"))
        self.header_row.setFixedWidth(84)
        self.header_row.lineEdit().setTextMargins(theme.XS + 2, 0, 0, 0)
        self.rows = RawRows(self)
        self.preview = raw_table(self.rows, self)
        self._labelled: dict[QWidget, Labelled] = {}
        self._asked_encoding = False
        self._build()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._take_header)
        self.header_row.valueChanged.connect(lambda _line: self._typing.start())
        self.sheet.activated.connect(self._take_sheet)
        self.table_box.activated.connect(self._take_table)
        self.delimiter.activated.connect(self._take_text)
        self.encoding.activated.connect(self._take_text)

    def _build(self) -> None:
        options = Flow(gap=theme.S)
        for control in (self.sheet, self.table_box, self.header_row, self.delimiter, self.encoding):
            self._labelled[control] = Labelled(control, self)
            options.addWidget(self._labelled[control])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self.heading)
        column.addWidget(self.facts)
        column.addSpacing(theme.XS)
        column.addLayout(options)
        column.addWidget(self.trouble)
        column.addWidget(self.remarks)
        column.addSpacing(theme.XS)
        column.addWidget(self.preview, 1)

    def show_recognition(self, found: Recognition) -> None:
        """Say what the file is and show its first rows."""
        self.facts.setText(_facts(found))
        instead = found.recognised.instead
        self.heading.setText(found.sentence.removesuffix(f" {instead}") if instead else found.sentence)
        self.trouble.say(instead)
        self.remarks.say("\n".join(found.notes[:3]))
        self._show_choices(found)
        self._show_rows(found)
        self.preview.show()

    def show_trouble(self, sentence: str) -> None:
        """The file can't be read as chosen; what was shown before does not hold any more."""
        self.trouble.say(sentence)
        self.remarks.say("")
        self.preview.hide()

    @property
    def troubled(self) -> bool:
        """Whether the file can't be read as it is chosen now, or is of a kind that can't be imported."""
        return bool(self.trouble.text)

    def settle(self) -> bool:
        """Take a header line that is still being typed; True when the file is looked at again for it."""
        if not self._typing.isActive():
            return False
        self._typing.stop()
        before = self.choices
        self._take_header()
        return self.choices != before

    def _show_choices(self, found: Recognition) -> None:
        sheets = found.opened.sheets
        _fill(self.sheet, [_sheet_label(s.name, s.rows, s.hidden) for s in sheets], found.sheet)
        tables = [
            tr("{number}: {name}").format(number=n, name=isolate(t.title or ", ".join(t.headers[:3])))
            for n, t in enumerate(found.tables, 1)
        ]
        _fill(self.table_box, tables, found.chosen)
        text = found.opened.text
        if text is not None:
            self._asked_encoding |= not text.encoding_certain
            _fill_data(self.delimiter, _with(DELIMITERS, text.delimiter), text.delimiter)
            offered = {n: ENCODINGS.get(n, n) for n in (text.encoding, *text.other_encodings)}
            _fill_data(self.encoding, dict(sorted(offered.items(), key=lambda o: o[1])), text.encoding)
        with QSignalBlocker(self.header_row):
            self.header_row.setRange(
                1 if found.header_row else 0, max(found.rows.line(len(found.rows.rows) - 1), 1)
            )
            self.header_row.setSpecialValueText("" if found.header_row else tr("none"))
            self.header_row.setValue(found.header_row)
        self._offer(self.sheet, len(sheets) > 1)
        self._offer(self.table_box, len(tables) > 1)
        self._offer(self.delimiter, text is not None)
        self._offer(self.encoding, text is not None and self._asked_encoding)

    def _offer(self, control: QWidget, offered: bool) -> None:
        self._labelled[control].setVisible(offered)

    def _show_rows(self, found: Recognition) -> None:
        table, rows = found.table, found.rows.rows
        header = table.header if table.header is not None else table.start
        first = 0 if header < SHOWN_ROWS - 5 else header - 2
        picked = rows[first : first + SHOWN_ROWS]
        marked = range(header - first, header - first + table.header_rows)
        self.rows.show_rows(picked, [found.rows.line(first + i) for i in range(len(picked))], marked)
        fit_columns(self.preview)

    # What the user chooses ---------------------------------------------------------------------------

    def _take(self, choices: FileChoices) -> None:
        if choices != self.choices:
            self.choices = choices
            self.choices_changed.emit(choices)

    def _take_sheet(self, sheet: int) -> None:
        self._take(replace(self.choices, sheet=sheet, table=0, header_row=None))

    def _take_table(self, table: int) -> None:
        self._take(replace(self.choices, table=table, header_row=None))

    def _take_text(self, _index: int) -> None:
        encoding = self.encoding.currentData() if self._asked_encoding else None
        delimiter = self.delimiter.currentData()
        self._take(replace(self.choices, encoding=encoding, delimiter=delimiter, table=0, header_row=None))

    def _take_header(self) -> None:
        if self.header_row.value():
            self._take(replace(self.choices, table=0, header_row=self.header_row.value()))


def _facts(found: Recognition) -> str:
    parts = [isolate(found.path.name)]
    sheets = found.opened.sheets
    if len(sheets) > 1:
        parts.append(isolate(sheets[found.sheet].name))
    parts.append(counted(len(found.positions), "row", "rows"))
    parts.append(counted(len(found.table.headers), "column", "columns"))
    return "  ·  ".join(parts)


def _sheet_label(name: str, rows: int, hidden: bool) -> str:
    said = [name, tr("{count} rows").format(count=number(rows))]
    if hidden:
        said.append(tr("hidden"))
    return "  ·  ".join(said)


def _with(known: dict[str, str], value: str) -> dict[str, str]:
    return known if value in known else {**known, value: value}


def _box(name: str, parent: QWidget) -> QComboBox:
    box = QComboBox(parent)
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    box.setMaximumWidth(280)
    return box


def _fill(box: QComboBox, labels: Sequence[str], chosen: int) -> None:
    with QSignalBlocker(box):
        box.clear()
        box.addItems(list(labels))
        box.setCurrentIndex(chosen)


def _fill_data(box: QComboBox, offered: dict[str, str], chosen: str) -> None:
    with QSignalBlocker(box):
        box.clear()
        for value, label in offered.items():
            box.addItem(tr(label), value)
        box.setCurrentIndex(box.findData(chosen))
