"""A part of a workbook is unpacked alike, and refused alike, by whichever library does it."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

import pytest

from creator_crm.exchange.errors import SheetRefused
from creator_crm.exchange.reading import package

CONTENT = b"".join(b"<row>%d</row>" % number for number in range(200_000))


@pytest.fixture(params=["as installed", "zlib"])
def path(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    if request.param == "zlib":
        monkeypatch.setattr(package, "_inflate", zlib)
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("part.xml", CONTENT)
    return path


def unpacked(path: Path) -> bytes:
    return b"".join(package.Package(str(path), path.name).blocks("part.xml"))


def test_it_comes_out_as_it_went_in(path: Path) -> None:
    assert unpacked(path) == CONTENT


@pytest.mark.parametrize("at", [60, 1_000, 100_000])
def test_a_damaged_byte_is_a_sentence_and_not_another_content(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(SheetRefused, match="damaged or incomplete"):
        unpacked(path)
