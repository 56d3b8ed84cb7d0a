"""CSV, TSV and TXT: the encoding is proved or asked, the delimiter found, and no row lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from creator_crm.domain.errors import Cancelled
from creator_crm.exchange.sheets import Opened, Rows, SheetRefused, open_sheets, read_rows


def _write(folder: Path, content: str | bytes, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _read(path: Path) -> tuple[Opened, Rows]:
    opened = open_sheets(path)
    return opened, read_rows(opened)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("nom\nAimée\n".encode(), "utf-8"),
        ("nom\nAimée\n".encode("utf-8-sig"), "utf-8-sig"),
        ("nom\nAimée\n".encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + "nom\nAimée\n".encode("utf-16-be"), "utf-16"),
    ],
)
def test_an_encoding_that_the_bytes_prove_is_certain(tmp_path: Path, content: bytes, encoding: str) -> None:
    opened, rows = _read(_write(tmp_path, content))

    assert opened.text is not None
    assert (opened.text.encoding, opened.text.encoding_certain) == (encoding, True)
    assert rows.rows == [["nom"], ["Aimée"]]


def test_an_encoding_that_nothing_proves_is_proposed_with_choices(tmp_path: Path) -> None:
    path = _write(tmp_path, "nom,ville\nAimée,Łódź\n".encode("cp1250"))

    opened = open_sheets(path)

    assert opened.text is not None
    assert opened.text.encoding == "cp1252"
    assert not opened.text.encoding_certain
    assert {"latin-1", "cp1250", "cp1251", "mac_roman"} <= set(opened.text.other_encodings)
    chosen = open_sheets(path, encoding="cp1250")
    assert chosen.text is not None and chosen.text.encoding_certain
    assert read_rows(chosen).rows[1] == ["Aimée", "Łódź"]


def test_a_few_broken_bytes_do_not_hide_that_a_file_is_utf_8(tmp_path: Path) -> None:
    opened, rows = _read(_write(tmp_path, ("اسم,عدد\n" * 20).encode() + b"caf\xfd,1\n"))

    assert opened.text is not None
    assert (opened.text.encoding, opened.text.encoding_certain) == ("utf-8", False)
    assert rows.rows[-1] == ["caf\ufffd", "1"]


def test_utf_16_without_its_mark_is_proposed(tmp_path: Path) -> None:
    opened, rows = _read(_write(tmp_path, "Handle,Views\n@ana,7\n".encode("utf-16-le")))

    assert opened.text is not None and not opened.text.encoding_certain
    assert rows.rows == [["Handle", "Views"], ["@ana", "7"]]


def test_an_unknown_encoding_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SheetRefused, match="klingon"):
        open_sheets(_write(tmp_path, "a,b\n1,2\n"), encoding="klingon")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_by_content_whatever_the_suffix(tmp_path: Path, delimiter: str) -> None:
    lines = [["Name", "Followers", "Notes"], ["Ana", "1200", "nice"], ["Bo", "", "x"]]

    opened, rows = _read(_write(tmp_path, "\n".join(delimiter.join(line) for line in lines), "list.txt"))

    assert opened.text is not None and opened.text.delimiter == delimiter
    assert rows.rows == [[cell or None for cell in line] for line in lines]


@pytest.mark.parametrize(
    ("content", "delimiter"),
    [
        ('"Handle; and name",Views\n"a; b",1\n"c; d",2\n', ","),
        ("Name;Rate\nAna;1,5\nBo;2,25\nCy;3,5\n", ";"),
        ("1,5;2,5\n3,5;4,5\n", ";"),
        ("# Report\n# of June, July\nHandle;Views\n@a;1\n@b;2\n", ";"),
        ("Notes:\nSome words, and more\n\nName\tViews\tX\na\t1\t2\nb\t1\t2\nc\t1\t2\n", "\t"),
        ("handle,tags\n@a,vip;local\n@b,vip;local\n", ","),
    ],
)
def test_commas_in_text_and_numbers_do_not_mislead(tmp_path: Path, content: str, delimiter: str) -> None:
    opened = open_sheets(_write(tmp_path, content))

    assert opened.text is not None and opened.text.delimiter == delimiter


def test_a_sep_line_is_obeyed_and_is_not_a_row(tmp_path: Path) -> None:
    opened, rows = _read(_write(tmp_path, "\ufeffsep=;\r\nHandle;Views, all\r\n@ana;1,2\r\n"))

    assert opened.text is not None and opened.text.delimiter == ";"
    assert rows.rows == [["Handle", "Views, all"], ["@ana", "1,2"]]
    assert (rows.first_line, rows.first_row) == (2, 1)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_understood_and_those_in_cells_are_kept(tmp_path: Path, end: str) -> None:
    content = f'Name,Address{end}Ana,"Calle 1{end}Madrid"{end}Bo,"B 2"{end}'

    _, rows = _read(_write(tmp_path, content))

    assert rows.rows == [["Name", "Address"], ["Ana", "Calle 1\nMadrid"], ["Bo", "B 2"]]
    assert [rows.line(at) for at in range(3)] == [1, 2, 4]


def test_ragged_and_blank_rows_stay_as_they_are(tmp_path: Path) -> None:
    _, rows = _read(_write(tmp_path, "\n\na,b,c\n1,2\n\n1,2,3,4\n"))

    assert rows.rows == [[], [], ["a", "b", "c"], ["1", "2"], [], ["1", "2", "3", "4"]]
    assert rows.line_numbers is None and rows.line(5) == 6


def test_an_unclosed_quote_is_refused_with_its_line(tmp_path: Path) -> None:
    path = _write(tmp_path, 'a,b\n1,"two\nlines"\n3,"never closed\n5,6\n7,8\n')

    with pytest.raises(SheetRefused, match="line 4 and is never closed"):
        _read(path)


def test_a_quote_in_an_unusual_place_is_read_and_said(tmp_path: Path) -> None:
    _, rows = _read(_write(tmp_path, 'a,b\n1,"Ana "The Cook" Lopez"\n3,4\n'))

    assert rows.rows == [["a", "b"], ["1", 'Ana The Cook" Lopez"'], ["3", "4"]]
    assert "Line 2" in rows.notes[0]


def test_a_field_of_two_hundred_thousand_characters_is_only_a_problem_of_its_row(tmp_path: Path) -> None:
    _, rows = _read(_write(tmp_path, f"a,b\n1,{'x' * 200_000}\n3,4\n"))

    assert rows.too_long == [(2, 2)]
    assert len(str(rows.rows[1][1])) == 200_000
    assert rows.rows[2] == ["3", "4"]


def test_control_characters_go_and_are_counted_and_tabs_become_blanks(tmp_path: Path) -> None:
    _, rows = _read(_write(tmp_path, b"a,b\n1\x00\x01,583870900000000001\t\n\x0bx,y\n"))

    assert rows.rows == [["a", "b"], ["1", "583870900000000001 "], ["x", "y"]]
    assert rows.removed_characters == 3


def test_a_tab_inside_quotes_of_a_tab_separated_file_becomes_a_blank(tmp_path: Path) -> None:
    _, rows = _read(_write(tmp_path, 'a\tb\n"x\ty"\t2\n'))

    assert rows.rows == [["a", "b"], ["x y", "2"]]


def test_a_preview_reads_only_as_many_rows_as_asked(tmp_path: Path) -> None:
    opened = open_sheets(_write(tmp_path, "a,b\n" + "1,2\n" * 9000))

    assert len(read_rows(opened, limit=20).rows) == 20
    assert len(read_rows(opened).rows) == 9001


def test_a_file_that_changed_after_it_was_opened_is_refused(tmp_path: Path) -> None:
    path = _write(tmp_path, "a,b\n1,2\n")
    opened = open_sheets(path)
    _write(tmp_path, "a,b\n1,3\n")

    with pytest.raises(SheetRefused, match="has changed since"):
        read_rows(opened)


def test_reading_stops_when_the_user_cancels(tmp_path: Path) -> None:
    opened = open_sheets(_write(tmp_path, "a,b\n" + "1,2\n" * 9000))

    with pytest.raises(Cancelled):
        read_rows(opened, cancel=lambda: True)


def test_progress_is_told_while_reading(tmp_path: Path) -> None:
    seen: list[int] = []

    read_rows(
        open_sheets(_write(tmp_path, "a,b\n" + "1,2\n" * 9000)),
        progress=lambda done, _total: seen.append(done),
    )

    assert seen == [4096, 8192]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("empty.csv", b"", "is empty"),
        ("blank.csv", b"\xef\xbb\xbf \r\n\n", "is empty"),
        ("~$list.xlsx", b"\x04Ana Lopez", "lock file"),
        ("page.xls", b"<html><body><table><tr><td>1</td></tr></table>", "a web page"),
        ("ana.vcf", b"BEGIN:VCARD\r\nFN:Ana\r\nEND:VCARD\r\n", "contact card"),
        ("plan.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "calendar"),
        ("list.json", b'[{"handle": "@ana"}]', "JSON"),
        ("mail.eml", b"From: a@b.c\nTo: b@c.d\nSubject: Hello\n\nHi", "e-mail"),
        ("sheet.slk", b"ID;PWXL;N;E\nE\n", "SYLK"),
        ("sheet.xml", b'<?xml version="1.0"?><x/>', "XML"),
        ("doc.pdf", b"%PDF-1.7\n", "PDF"),
        ("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(90), "picture"),
        ("noise.csv", bytes(range(256)) * 9, "not a sheet, or is damaged"),
        ("words.xlsx", b"Attachment removed by the mail scanner.", "not an Excel file"),
        ("old.xls", b"\x09\x04\x06\x00\x00\x00\x10\x00" + bytes(60), "very old Excel"),
    ],
)
def test_what_is_no_sheet_is_refused_by_what_it_is(
    tmp_path: Path, name: str, content: bytes, expected: str
) -> None:
    with pytest.raises(SheetRefused) as refusal:
        open_sheets(_write(tmp_path, content, name))

    assert expected in str(refusal.value) and name in str(refusal.value)


def test_a_csv_named_like_a_workbook_is_read_and_said(tmp_path: Path) -> None:
    opened, rows = _read(_write(tmp_path, "Handle,Views\n@ana,7\n", "export.xls"))

    assert rows.rows[1] == ["@ana", "7"]
    assert "is a text file" in opened.notes[0]


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SheetRefused, match="is a folder"):
        open_sheets(tmp_path)
    with pytest.raises(SheetRefused, match="not there any more"):
        open_sheets(tmp_path / "gone.csv")
    with pytest.raises(SheetRefused, match="can't be read"):
        open_sheets(tmp_path / "nul\0.csv")
