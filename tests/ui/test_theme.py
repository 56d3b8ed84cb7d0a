"""The look holds its promises: contrast, one palette for everything, a switch that reaches everybody."""

from __future__ import annotations

import gc
import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetricsF, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from creator_crm.paths import data_dir
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.theme import DARK, LIGHT, Tokens

LOOKS = pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    channels = (QColor(color).redF(), QColor(color).greenF(), QColor(color).blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@LOOKS
def test_every_text_can_be_read_on_everything_it_lies_on(look: Tokens) -> None:
    grounds = (look.window, look.surface, look.raised, look.zebra, look.hover, look.selection)
    for ink in (look.text, look.muted):
        assert min(contrast(ink, ground) for ground in grounds) >= 4.5
    for ink in (look.accent_ink, look.danger, look.ok, look.warn):
        assert min(contrast(ink, ground) for ground in (look.window, look.surface, look.raised)) >= 4.5
    assert contrast(look.accent_text, look.accent) >= 4.5
    assert contrast(look.accent_ink, look.accent_soft) >= 4.5


@LOOKS
def test_every_chip_can_be_read(look: Tokens) -> None:
    assert len(look.chips) == 8
    for ground, ink in look.chips.values():
        assert contrast(ink, ground) >= 4.5


@LOOKS
def test_the_palette_leaves_no_role_to_the_desktop(look: Tokens) -> None:
    palette = theme.palette_of(look)
    for role in QPalette.ColorRole:
        if role not in (QPalette.ColorRole.NColorRoles, QPalette.ColorRole.NoRole):
            assert palette.isBrushSet(QPalette.ColorGroup.Active, role), role
    assert palette.color(QPalette.ColorRole.PlaceholderText).name() == look.muted


@LOOKS
def test_the_style_sheet_has_no_unknown_token_and_no_missing_picture(
    look: Tokens, qapp: QApplication
) -> None:
    sheet = theme.style_sheet(look)
    assert "$" not in sheet
    for path in re.findall(r"url\((.*?)\)", sheet):
        assert not QIcon(path).pixmap(12, 12).isNull(), path


def test_dark_reaches_palette_tokens_and_listeners(dressed: QApplication) -> None:
    heard = []

    class Chart:
        def recolour(self) -> None:
            heard.append(theme.tokens().name)

    chart = Chart()
    theme.on_change(chart.recolour)
    theme.apply(dressed, "dark")
    assert dressed.palette().color(QPalette.ColorRole.Base).name() == DARK.surface
    theme.apply(dressed, "dark")
    theme.apply(dressed, "light")
    assert heard == ["dark", "light"]
    del chart
    gc.collect()
    theme.apply(dressed, "dark")
    assert heard == ["dark", "light"]


def test_like_the_system_is_light_when_the_system_does_not_say(dressed: QApplication) -> None:
    theme.apply(dressed, "dark")
    theme.apply(dressed, "system")
    assert theme.mode() == "system"
    assert theme.tokens() is LIGHT


def test_the_desktop_turning_dark_is_followed_only_when_asked_to(
    dressed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme, "_desktop_is_dark", lambda: True)
    hints = dressed.styleHints()
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.tokens() is LIGHT
    theme.apply(dressed, "system")
    assert theme.tokens() is DARK
    monkeypatch.setattr(theme, "_desktop_is_dark", lambda: False)
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.tokens() is LIGHT


def test_figures_stand_under_each_other(dressed: QApplication) -> None:
    plain, tabular = dressed.font(), theme.tabular(dressed.font())
    assert plain.family() == "Inter"
    assert QFontMetricsF(plain).horizontalAdvance("1111") != QFontMetricsF(plain).horizontalAdvance("8888")
    assert QFontMetricsF(tabular).horizontalAdvance("1111") == QFontMetricsF(tabular).horizontalAdvance(
        "8888"
    )


def test_the_licences_travel_with_fonts_and_icons() -> None:
    assert "SIL Open Font License" in (data_dir("resources") / "fonts" / "OFL.txt").read_text(
        encoding="utf-8"
    )
    assert "ISC License" in (data_dir("resources") / "icons" / "LICENSE").read_text(encoding="utf-8")
