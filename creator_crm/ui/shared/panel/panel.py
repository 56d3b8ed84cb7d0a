"""Everything about one record beside the list: header, details that save themselves, tabs for the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from creator_crm.domain.changes import Changes
from creator_crm.domain.fields import Field, Kind, Row, value_of
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.chips import chip, chip_font
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.form import RecordForm
from creator_crm.ui.shared.form.sections import Section
from creator_crm.ui.shared.layouts import clear, scrolled
from creator_crm.ui.shared.panel.attachments import AttachmentsTab
from creator_crm.ui.shared.panel.group import Group
from creator_crm.ui.shared.panel.history import HistoryTab
from creator_crm.ui.shared.table.flow import Flow
from creator_crm.ui.shared.table.formatting import currency_of, display
from creator_crm.ui.shared.table.relations import related
from creator_crm.ui.shared.table.source import Attachments, Source
from creator_crm.ui.shared.text import title as written_title
from creator_crm.ui.shared.text import tr


class Tab(Protocol):
    """What a tab of the panel must offer; it is a QWidget too."""

    def show_row(self, id: int) -> None: ...


class RecordPanel(QWidget):
    """Shows one record of a kind. Tabs are read when they are looked at, never before."""

    closed = Signal()
    failed = Signal(str)
    saved = Signal(object)  # Changes

    def __init__(
        self,
        source: Source,
        record: str,
        parent: QWidget | None = None,
        *,
        chips: Sequence[str] = (),
        caption: Sequence[str] = (),
        sections: Sequence[Section] | None = None,
    ) -> None:
        """`chips` and `caption` name the fields shown under the title, as chips and as text."""
        super().__init__(parent)
        self.source, self.record = source, record
        self.description = source.catalogue[record]
        self.id = 0
        self._chips, self._caption = tuple(chips), tuple(caption)
        self._stale: set[QWidget] = set()
        self.title = plain_label("", parent=self)
        self.title.setFont(theme.scaled(self.title.font(), 3, theme.SEMIBOLD))
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.title.setWordWrap(True)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.caption = plain_label("", "muted", True, self)
        self.close_button = buttons.icon_button(tr("Close the panel"), "x", self)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setAccessibleName(tr("About this record"))
        self.tabs.tabBar().setAccessibleName(tr("About this record"))
        self.form = RecordForm(source, record, sections=sections, saves=True)
        self.history = HistoryTab(source, record)
        self._build()
        self.setMinimumWidth(300)

    def add_tab(self, label: str, tab: QWidget, place: int = -1) -> None:
        """Add a tab with a `show_row(id)`, before History unless `place` says otherwise."""
        at = place if place >= 0 else self.tabs.indexOf(self.history)
        self.tabs.insertTab(at, tab, label)
        failed = getattr(tab, "failed", None)
        if failed is not None:
            failed.connect(self.failed)
        self._stale.add(tab)

    def put_above(self, part: QWidget | QLayout) -> None:
        """Show something of a panel's own between its head and the tabs."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        if isinstance(part, QWidget):
            column.insertWidget(1, part)
        else:
            column.insertLayout(1, part)

    def group_tabs(self, label: str, parts: Mapping[str, QWidget]) -> Group:
        """Put several things behind one tab at the end: new ones, or those that had a tab so far."""
        for part in parts.values():
            place = self.tabs.indexOf(part)
            if place >= 0:
                self.tabs.removeTab(place)
            elif (failed := getattr(part, "failed", None)) is not None:
                failed.connect(self.failed)
        group = Group(label, parts)
        self.add_tab(label, group, self.tabs.count())
        return group

    def show_row(self, id: int) -> None:
        """Show a record, 0 for none."""
        self.id = id
        found = self.source.rows(self.record, [id]) if id else ()
        row = found[0] if found else None
        self.form.setEnabled(row is not None)
        self.form.set_row(row)
        self._show_header(row)
        tabs = (self.tabs.widget(place) for place in range(self.tabs.count()))
        self._stale = {tab for tab in tabs if tab is not None and tab is not self.details}
        self._fill_tab()

    def refresh(self, changes: Changes | None) -> None:
        """Read again what is shown, when the change concerns it; what is being typed stays."""
        parts = {d.name for d, _ in self.source.catalogue.parts_of(self.record)} | {"attachment"}
        near = related(self.source.catalogue, self.record) | parts
        if changes is None or changes.touches(*near) or self.id in changes.rows.get(self.record, ()):
            self.show_row(self.id)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        self._chip_box = QWidget(self)
        self._chip_row = Flow(self._chip_box, theme.XS)
        top = QVBoxLayout()
        top.setContentsMargins(theme.M, theme.M, theme.M, 0)
        top.setSpacing(theme.XS)
        top.addLayout(head)
        top.addWidget(self.caption)
        top.addWidget(self._chip_box)
        self.details = _scrolled(self.form, tr("Details"))
        self.tabs.addTab(self.details, tr("Details"))
        self.tabs.addTab(self.history, tr("History"))
        if isinstance(self.source, Attachments):
            self.attachments = AttachmentsTab(self.source, self.record)
            self.attachments.failed.connect(self.failed)
            self.tabs.addTab(self.attachments, tr("Files"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addLayout(top)
        column.addWidget(self.tabs, 1)
        self.tabs.currentChanged.connect(self._fill_tab)
        self.close_button.clicked.connect(self.closed)
        self.form.saved.connect(self._on_saved)

    def _fill_tab(self, *_: object) -> None:
        tab = self.tabs.currentWidget()
        if tab in self._stale:
            self._stale.discard(tab)
            tab.show_row(self.id)  # type: ignore[attr-defined]

    def _on_saved(self, changes: Changes) -> None:
        self._show_header(self.form.row)
        for tab in (self.tabs.widget(place) for place in range(self.tabs.count())):
            if tab is not None and (tab is self.history or tab.isAncestorOf(self.history)):
                self._stale.add(tab)
        self.saved.emit(changes)

    def _show_header(self, row: Row | None) -> None:
        d = self.description
        title = self.source.titles(self.record, [row.id]).get(row.id, "") if row else ""
        empty = (
            tr("No name yet") if row else tr("Choose a {record} in the list").format(record=d.label.lower())
        )
        self.title.setText(written_title(title) or empty)
        self.title.setToolTip("")
        said = [self._told(d.field(n), row) for n in self._caption] if row else []
        self.caption.setText(" · ".join(text for text in said if text))
        self.caption.setVisible(bool(self.caption.text()))
        clear(self._chip_row)
        for name in self._chips if row else ():
            self._add_chips(name, row)
        self._chip_box.setVisible(self._chip_row.count() > 0)
        self._chip_box.updateGeometry()

    def _told(self, field: Field, row: Row) -> str:
        value = value_of(row, field)
        if field.kind is Kind.REFERENCE and isinstance(value, int):
            return display(field, value, names=self.source.titles(field.references, [value]))
        return display(field, value, currency_of(field, row))

    def _add_chips(self, name: str, row: Row | None) -> None:
        field = self.description.field(name)
        value = value_of(row, field) if row else None
        words = value if isinstance(value, tuple) else (display(field, value),)
        choice = field.choice(value) if field.kind is Kind.CHOICE else None
        for word in [w for w in words if w][:4]:
            label = QLabel(self)
            label.setPixmap(
                chip(word, choice.tone if choice else "grey", self.devicePixelRatioF(), chip_font(), 160)
            )
            label.setAccessibleName(f"{tr(field.label)}: {word}")
            label.setFixedSize(label.sizeHint())
            self._chip_row.addWidget(label)


def _scrolled(form: QWidget, name: str) -> QScrollArea:
    body = QWidget()
    column = QVBoxLayout(body)
    column.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
    column.addWidget(form)
    area = scrolled(body, name)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
