"""One chart on the screen: drawn beside the main thread, shown as a picture, explained under the mouse."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence, QPainter
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from creator_crm.compat import override
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.chart_card import Card
from creator_crm.ui.shared.chart_words import look_of, paper
from creator_crm.ui.shared.dialogs import choose_new_file
from creator_crm.ui.shared.icons import icon
from creator_crm.ui.shared.jobs import Job, JobRunner, Lane, Progress
from creator_crm.ui.shared.text import tr

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QContextMenuEvent,
        QFocusEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
        QShowEvent,
    )

    from creator_crm.reporting import ChartData
    from creator_crm.reporting.chart import Chart, Picture

Drawn = tuple["Chart[Any]", "Picture", str]
SMALLEST = QSize(320, 260)
ENDINGS = {"png": "PNG", "svg": "SVG", "pdf": "PDF"}
BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


class ChartCanvas(QWidget):
    """Shows whatever `show_data` was given last. Arrow keys walk through the values as the mouse does."""

    drawn = Signal()  # the picture on the screen is that of the data, the look and the size of now

    def __init__(
        self, jobs: JobRunner, tell: Callable[[str, str], object], parent: QWidget | None = None
    ) -> None:
        """`tell` says what was done, or why it could not be: (text, kind of notice)."""
        super().__init__(parent)
        self._jobs, self._tell = jobs, tell
        self.data: ChartData | None = None
        self._chart: Chart[Any] | None = None  # belongs to the job while one is under way
        self._picture: Picture | None = None
        self._image = QImage()
        self._job: Job[Drawn] | None = None
        self._stale = self._ringed = False
        self.card = Card()
        self.setMinimumSize(SMALLEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Chart"))
        theme.on_change(self._dress)

    def show_data(self, data: ChartData) -> None:
        """Draw these figures, in the same figure when the chart is of the same kind."""
        if type(data) is not type(self.data):
            self._chart = None
        self.data = data
        self._ask()

    @override
    def sizeHint(self) -> QSize:
        return QSize(620, 380)

    # Drawing ------------------------------------------------------------------------------------------

    def _dress(self) -> None:
        self._chart = None
        self._ask()

    @property
    def _under_way(self) -> bool:
        """Asked of the runner, so that a drawing that failed is none that goes on for ever."""
        return self._job is not None and self._job in self._jobs.running

    def _ask(self) -> None:
        """Have the chart drawn; what is asked for meanwhile is drawn once, afterwards, and only when seen."""
        self._stale = True
        if self._under_way or self.data is None or not self.isVisible():
            return
        self._stale = self._ringed = False
        self.card.hide()
        work = partial(_drawn, self._chart, self.data, self.width(), self.height(), self.devicePixelRatioF())
        self._job = self._jobs.run(
            tr("Drawing charts"), work, done=self._take, lane=Lane.CHARTS, owner=self, can_cancel=False
        )

    def _take(self, drawn: Drawn) -> None:
        chart, picture, finding = drawn
        if self._stale:
            # Another look or another kind is wanted by now, unless the chart can be moved to it.
            fits = chart.look == look_of(theme.tokens()) and _made_for(chart, self.data)
            self._chart = chart if fits else None
        else:
            self._chart = chart
        self._picture = picture
        self._image = QImage(picture.pixels, picture.width, picture.height, QImage.Format.Format_RGBX8888)
        self._image.setDevicePixelRatio(picture.scale)
        self.setAccessibleName(tr(chart.title))
        self.setAccessibleDescription(finding)
        self.update()
        if self._stale:
            self._ask()
        else:
            self.drawn.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme.tokens()
        whole = QRectF(self.rect())
        shown = self._image.deviceIndependentSize()
        if self._image.isNull() or shown != whole.size():
            painter.fillRect(whole, theme.color(tokens.surface))
        if not self._image.isNull():
            painter.drawImage(QPointF(0, 0), self._image)
        self.card.paint(painter, self.rect())
        if self._ringed and self.hasFocus():
            painter.setPen(theme.color(tokens.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ask()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._ask()
        return super().event(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._ask()

    # Values under the mouse and the keys -----------------------------------------------------------------

    def point_at(self, index: int | None) -> None:
        """Show one value in words, or none."""
        if index == self.card.index or self._under_way:
            return
        before = self.card.area()
        if index is None or self._chart is None or self._picture is None:
            self.card.hide()
        else:
            self.card.show(index, self._chart.say(index), self._picture.spots, self)
        self.update(before.united(self.card.area()).toAlignedRect())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._picture is not None:
            self.point_at(self._picture.spots.nearest(place.x(), place.y()))

    @override
    def leaveEvent(self, event: Any) -> None:
        self.point_at(None)
        super().leaveEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        # Who came by the mouse sees where that is.
        self._ringed = event.reason() in BY_KEYBOARD
        super().focusInEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.point_at(None)
        super().focusOutEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        count = len(self._picture.spots.x) if self._picture is not None else 0
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif key == Qt.Key.Key_Escape and self.card.index is not None:
            self.point_at(None)
        elif count and key in STEPS:
            at = self.card.index
            step = STEPS[key]
            first = 0 if step > 0 else count - 1
            self._walk_to(first if at is None else max(0, min(count - 1, at + step)))
        elif count and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._walk_to(0 if key == Qt.Key.Key_Home else count - 1)
        else:
            super().keyPressEvent(event)

    def _walk_to(self, index: int) -> None:
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        self.point_at(index)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.card.words))

    # Files and clipboard ---------------------------------------------------------------------------------

    def made_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("copy"), tr("Copy the picture") + "\tCtrl+C", self.copy)
        menu.addSeparator()
        for ending, name in ENDINGS.items():
            label = tr("Save as {form}…").format(form=name)
            menu.addAction(
                icon("image") if ending == "png" else icon("file-down"), label, partial(self.save, ending)
            )
        menu.addSeparator()
        menu.addAction(
            icon("file-spreadsheet"), tr("Save the figures for Excel…"), partial(self.save, "xlsx")
        )
        return menu

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.data is not None:
            self.made_menu().popup(event.globalPos())

    def save(self, ending: str) -> None:
        """Ask where to, then write the picture (png, svg, pdf) or the figures (xlsx, csv)."""
        filters = {"xlsx": tr("Excel workbooks (*.xlsx);;Text (*.csv)")}
        wanted = filters.get(ending, f"{ENDINGS.get(ending, '')} (*.{ending})")
        proposal = Path.home() / f"{self.accessibleName()}.{ending}"
        path = choose_new_file(self, tr("Save the chart"), proposal, wanted)
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Write the chart on white paper, or its figures, as the ending of `path` says."""
        from creator_crm.services.charts import save_chart

        if self.data is None:
            return
        data, width, height = self.data, self.width(), self.height()

        def work(_progress: Progress) -> None:
            save_chart(data, path, paper(), width, height)

        saved = tr("Saved as {name}.").format(name=path.name)
        self._jobs.run(
            tr("Saving the chart"),
            work,
            done=lambda _: self._tell(saved, "ok"),
            failed=lambda refusal: self._tell(str(refusal), "error"),
            lane=Lane.CHARTS,
            owner=self,
            can_cancel=False,
        )

    def copy(self) -> None:
        """Put the picture on the clipboard, on white paper, two pixels for each."""
        if self.data is None:
            return
        data, width, height = self.data, self.width(), self.height()

        def work(_progress: Progress) -> bytes:
            from creator_crm.reporting import draw

            return draw(data, paper(), width, height).file("png")

        self._jobs.run(
            tr("Copying the chart"),
            work,
            done=self._copied,
            lane=Lane.CHARTS,
            owner=self,
            can_cancel=False,
        )

    def _copied(self, png: bytes) -> None:
        QGuiApplication.clipboard().setImage(QImage.fromData(png))
        self._tell(tr("The chart is on the clipboard."), "ok")


def _made_for(chart: Chart[Any], data: ChartData | None) -> bool:
    return type(chart.data) is type(data)


def _drawn(
    chart: Chart[Any] | None,
    data: ChartData,
    width: int,
    height: int,
    scale: float,
    _progress: Progress,
) -> Drawn:
    """Off the main thread: the chart, made or only moved, its picture and its sentence."""
    from creator_crm.reporting import draw

    if chart is None:
        chart = draw(data, look_of(theme.tokens()), width, height)
    else:
        chart.resize(width, height)
        if chart.data is not data:
            chart.update(data)
    empty = chart.is_empty()
    return chart, chart.picture(scale), tr(chart.nothing) if empty else chart.finding()
