"""A part of a workbook is unpacked alike, and refused alike, by whichever library does it."""

from __future__ import annotations

import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from creator_crm.exchange.errors import SheetRefused
from creator_crm.exchange.reading import package
from creator_crm.exchange.reading.unpacked import Unpacked

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


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has files that lie in memory alone")
class TestACopyInMemory:
    """What a reader finds that opens the copy in place of the file."""

    @pytest.fixture
    def book(self, tmp_path: Path) -> Path:
        path = tmp_path / "book.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            for name in ("blätter/größe 1.xml", "part.xml", "other.xml"):
                file.writestr(name, name.encode() + CONTENT)
            file.writestr("small.xml", b"<small/>")
            file.writestr("stored.xml", CONTENT, zipfile.ZIP_STORED)
        return path

    @pytest.fixture
    def opened(self, book: Path) -> Iterator[package.Package]:
        with closing(Unpacked(str(book))) as copy:
            yield package.Package(str(book), book.name, copy)

    def test_holds_every_part_as_it_was_and_those_that_were_read_unpacked(
        self, book: Path, opened: package.Package
    ) -> None:
        read = ("blätter/größe 1.xml", "part.xml", "small.xml")
        for part in read:
            for _ in opened.blocks(part):
                pass
        with zipfile.ZipFile(book) as before, zipfile.ZipFile(opened.quick_path) as after:
            assert after.testzip() is None
            assert {name: after.read(name) for name in after.namelist()} == {
                name: before.read(name) for name in before.namelist()
            }
            plain = {i.filename for i in after.infolist() if i.compress_type == zipfile.ZIP_STORED}
        assert plain == {*read[:2], "stored.xml"}

    def test_keeps_no_part_that_was_only_begun(self, book: Path, opened: package.Package) -> None:
        next(opened.blocks("part.xml"))
        assert opened.quick_path == str(book)
        for _ in opened.blocks("other.xml"):
            pass
        with zipfile.ZipFile(opened.quick_path) as after:
            assert after.testzip() is None
            assert after.getinfo("part.xml").compress_type == zipfile.ZIP_DEFLATED

    def test_keeps_no_part_that_is_damaged(self, book: Path, opened: package.Package) -> None:
        data = bytearray(book.read_bytes())
        data[1_000] ^= 0xFF
        book.write_bytes(data)
        with pytest.raises(SheetRefused, match="damaged or incomplete"):
            for _ in opened.blocks("blätter/größe 1.xml"):
                pass
        assert opened.quick_path == str(book)

    def test_keeps_no_more_than_it_may(
        self, book: Path, opened: package.Package, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        room = book.stat().st_size + len(CONTENT) + 1_000
        monkeypatch.setattr("creator_crm.exchange.reading.unpacked.MOST_COPIED", room)
        for part in ("part.xml", "other.xml"):
            for _ in opened.blocks(part):
                pass
        with zipfile.ZipFile(opened.quick_path) as after:
            assert after.getinfo("part.xml").compress_type == zipfile.ZIP_STORED
            assert after.getinfo("other.xml").compress_type == zipfile.ZIP_DEFLATED
            assert after.testzip() is None
