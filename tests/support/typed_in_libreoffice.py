"""Typing into a workbook by LibreOffice's own scripting, as a person would: through its macro language."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter
from workbooks import soffice

_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false"><library:element library:name="Typing"/>
</library:library>"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Typing"
 script:language="StarBasic">{code}</script:module>"""
_CODE = """
Sub Main
  Dim opening(0) As New com.sun.star.beans.PropertyValue
  opening(0).Name = "Hidden"
  opening(0).Value = True
  book = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, opening())
{steps}
  Dim saving(0) As New com.sun.star.beans.PropertyValue
  saving(0).Name = "FilterName"
  saving(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL("{target}", saving())
  book.close(True)
End Sub

Sub Put(book, sheet As String, place As String, text As String)
  Dim there(0) As New com.sun.star.beans.PropertyValue
  Dim what(0) As New com.sun.star.beans.PropertyValue
  Dim helper As Object
  helper = createUnoService("com.sun.star.frame.DispatchHelper")
  book.CurrentController.setActiveSheet(book.Sheets.getByName(sheet))
  there(0).Name = "ToPoint"
  there(0).Value = place
  helper.executeDispatch(book.CurrentController.Frame, ".uno:GoToCell", "", 0, there())
  what(0).Name = "StringName"
  what(0).Value = text
  helper.executeDispatch(book.CurrentController.Frame, ".uno:EnterString", "", 0, what())
End Sub
"""


def typed(path: Path, to: Path, steps: Iterable[str]) -> Path:
    """Open `path`, carry out Basic statements about `book`, save it at `to`."""
    assert soffice
    home = path.parent / "macros"
    folder = home / "user" / "basic" / "Standard"
    command = [soffice, f"-env:UserInstallation={home.as_uri()}", "--headless"]
    # The first start lays out the place of macros, and would put an empty one over what is there.
    subprocess.run([*command, "--terminate_after_init"], check=True, capture_output=True, timeout=100)
    folder.mkdir(parents=True, exist_ok=True)
    code = _CODE.format(
        source=path.as_uri(), target=to.as_uri(), steps="\n".join(f"  {step}" for step in steps)
    )
    (folder / "Typing.xba").write_text(_MODULE.format(code=escape(code)), encoding="utf-8")
    (folder / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    subprocess.run([*command, "macro:///Standard.Typing.Main"], check=True, capture_output=True, timeout=100)
    return to


def cell(sheet: str, column: int, line: int, text: str) -> str:
    """Type `text`; column and line count from 1."""
    quoted = text.replace('"', '""')
    return f'Put(book, "{sheet}", "${get_column_letter(column)}${line}", "{quoted}")'
