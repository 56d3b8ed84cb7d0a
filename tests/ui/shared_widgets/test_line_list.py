"""A list of things to do: the chosen line and the one under the mouse are told from the others."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from creator_crm.ui.shared import theme
from creator_crm.ui.shared.line_list import Line, LineList


def test_the_chosen_line_and_the_one_under_the_mouse_have_their_own_ground(qtbot: QtBot) -> None:
    lines = LineList("What is due")
    qtbot.addWidget(lines)
    lines.resize(400, 300)
    lines.show_lines([Line(f"{n}", f"Creator {n}", "Waits for an answer.") for n in range(4)])
    lines.show()
    high = lines.sizeHintForRow(0)
    qtbot.mouseMove(lines.viewport(), QPoint(200, 2 * high + 10))
    lines.choose(1)

    def ground(line: int) -> str:
        return lines.viewport().grab().toImage().pixelColor(390, line * high + 4).name()

    look = theme.tokens()
    qtbot.waitUntil(lambda: ground(2) == theme.color(look.hover).name(), timeout=5_000)
    assert ground(1) == theme.color(look.selection).name()
    assert ground(0) == ground(3) not in (ground(1), ground(2))
