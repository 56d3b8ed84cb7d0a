"""What is asked before the team's workbook is written: where, what, with or without personal data."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from creator_crm.compat import override
from creator_crm.domain.frozen import immutable
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import choose_new_file, confirm, plain_label
from creator_crm.ui.shared.form.question import column_of, ending, fill_with_records, fit_height, lines
from creator_crm.ui.shared.labels import Remark, heading
from creator_crm.ui.shared.text import isolate, number, tr

FILES = "Excel (*.xlsx)"
WIDTH = 580
LIST_HEIGHT = 210
FOLDER = "workbook.folder"  # where the last one went
_NAME = Qt.ItemDataRole.UserRole


@immutable
class Order:
    """What is to be written; `records` None for all kinds, `campaign` None for all campaigns."""

    path: Path
    records: tuple[str, ...] | None
    campaign: int | None
    redacted: bool


class ShareDialog(QDialog):
    """Everything is proposed; Enter writes it."""

    def __init__(
        self, context: Context, parent: QWidget, before: Order | None = None, trouble: str = ""
    ) -> None:
        """`before` and `trouble`: what was ordered, and why it could not be written."""
        super().__init__(parent)
        self.setWindowTitle(tr("Share workbook"))
        self._context, self._workspace = context, context.workspace
        self._chosen: Path | None = None  # answered already whether to write over it
        self.order: Order | None = None
        self.trouble = Remark(trouble, "danger", self)
        self.path = QLineEdit(self)
        self.path.setAccessibleName(tr("Where to"))
        self.choose = buttons.button(tr("Choose…"), "folder-open", "", self)
        self.choose.setAutoDefault(False)
        self.campaign = QComboBox(self)
        self.campaign.setAccessibleName(tr("Campaign"))
        self.records = QComboBox(self)
        self.records.setAccessibleName(tr("Records"))
        self.kinds = QListWidget(self)
        self.kinds.setAccessibleName(tr("Which kinds of records"))
        self.kinds.setFixedHeight(LIST_HEIGHT)
        self.kinds.setSpacing(2)
        self.redacted = QCheckBox(tr("Leave out personal data"), self)
        self.redacted.setAccessibleName(self.redacted.text())
        self.write = buttons.button(tr("Write the workbook"), "file-spreadsheet", "primary", self)
        self.write.setDefault(True)
        self._offer(before)
        self._build()
        self.choose.clicked.connect(self._choose)
        self.records.currentIndexChanged.connect(self._show_kinds)
        self.write.clicked.connect(self.accept)
        self.path.textChanged.connect(self._allow)
        self.kinds.itemChanged.connect(self._allow)
        self._show_kinds()
        self.write.setFocus()

    @property
    def target(self) -> Path:
        path = Path(self.path.text().strip()).expanduser()
        return path if path.suffix.lower() == ".xlsx" else path.with_name(f"{path.name}.xlsx")

    @property
    def only(self) -> tuple[str, ...] | None:
        """The kinds of records that were ticked; None for all."""
        if self.records.currentIndex() == 0:
            return None
        items = [self.kinds.item(place) for place in range(self.kinds.count())]
        return tuple(str(i.data(_NAME)) for i in items if i.checkState() is Qt.CheckState.Checked)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit_height(self, WIDTH)

    @override
    def accept(self) -> None:
        """Ask before a file is written over, unless it was chosen as such."""
        target = self.target
        if not self.write.isEnabled():
            return
        if target.exists() and target != self._chosen:
            text = tr("{name} is there already.").format(name=isolate(target.name))
            if not confirm(self, tr("Write over it?"), text, tr("Write over it")):
                return
        self._context.state.remember(FOLDER, str(target.parent))
        self.order = Order(target, self.only, self.campaign.currentData() or None, self.redacted.isChecked())
        super().accept()

    # Inside --------------------------------------------------------------------------------------------

    def _offer(self, before: Order | None) -> None:
        from creator_crm.services.workbook_files import free_name, proposed_name

        file = self._workspace.path
        folder = Path(self._context.state.text(FOLDER) or file.parent)
        usual = (folder if folder.is_dir() else file.parent) / proposed_name(file)
        self.path.setText(str(free_name(before.path if before else usual)))
        chosen = (before.campaign or 0) if before else 0
        fill_with_records(self.campaign, self._workspace, "campaign", tr("All campaigns"), chosen)
        self.records.addItem(tr("All records"))
        self.records.addItem(tr("Only some kinds"))
        kept = before.records if before else None
        for description in self._workspace.catalogue.public:
            item = QListWidgetItem(tr(description.plural), self.kinds)
            item.setData(_NAME, description.name)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = kept is not None and description.name in kept
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.records.setCurrentIndex(int(kept is not None))
        self.redacted.setChecked(bool(before and before.redacted))

    def _build(self) -> None:
        self.setFixedWidth(WIDTH)
        says = tr(
            "One Excel file for your team. They change it in Excel, LibreOffice or Google Sheets and send it "
            "back; File, Bring back a workbook then shows what changed before anything is written."
        )
        where = QHBoxLayout()
        where.setSpacing(theme.S)
        where.addWidget(self.path, 1)
        where.addWidget(self.choose)
        form = lines((tr("Where to"), where), (tr("Campaign"), self.campaign), (tr("Records"), self.records))
        means = plain_label(
            tr(
                "Names, handles, addresses, e-mail, phone numbers, messages and the like are not in the "
                "file. When it comes back, yours stay as they are."
            ),
            "muted",
            wrap=True,
        )
        means.setContentsMargins(theme.XL - 2, 0, 0, 0)
        column = column_of(self)
        column.addWidget(heading(tr("A workbook for your team")))
        column.addWidget(plain_label(says, "muted", wrap=True))
        column.addWidget(self.trouble)
        column.addLayout(form)
        column.addWidget(self.kinds)
        column.addWidget(self.redacted)
        column.addWidget(means)
        column.addSpacing(theme.S)
        column.addLayout(ending(self, self.write))

    def _show_kinds(self) -> None:
        self.kinds.setVisible(self.records.currentIndex() == 1)
        self._allow()
        fit_height(self, WIDTH)

    def _allow(self) -> None:
        """Nothing can be written nowhere, and a workbook of no records is none."""
        only = self.only
        self.write.setEnabled(bool(self.path.text().strip()) and only != ())
        if only:
            self.records.setItemText(1, tr("Only {count} kinds").format(count=number(len(only))))
        else:
            self.records.setItemText(1, tr("Only some kinds"))

    def _choose(self) -> None:
        path = choose_new_file(self, tr("Where shall the workbook go?"), self.target, FILES)
        if path is not None:
            self.path.setText(str(path))
            self._chosen = self.target
