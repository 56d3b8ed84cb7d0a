"""What a workbook holds beside its cells, and which cells only look empty; in the reading process.

Properties and defined names say where a workbook came from. A cell with an error, or with a formula that was
never calculated, reads as nothing: whoever believes that would take it for emptied.
"""

from __future__ import annotations

from typing import Any, Final
from xml.parsers import expat

from creator_crm.exchange.reading.package import Package
from creator_crm.exchange.reading.scan import column_number

UNCALCULATED: Final = "="  # the mark of a formula without a value, where others have the text of their error
_PROPERTIES: Final = "docProps/custom.xml"
_LARGEST: Final = 4 * 1024 * 1024
_MOST: Final = 10_000
_LONGEST: Final = 40_000


def labels(package: Package) -> dict[str, dict[str, str]]:
    """The custom properties and the constant texts among the defined names, by name."""
    found: dict[str, dict[str, str]] = {"properties": {}, "names": {}}
    if package.has(_PROPERTIES):
        found["properties"] = _texts(package, _PROPERTIES, "property")
    if package.has("xl/workbook.xml"):
        names = _texts(package, "xl/workbook.xml", "definedName")
        found["names"] = {
            name: text[1:-1].replace('""', '"')
            for name, text in names.items()
            if text[:1] == text[-1:] == '"'
        }
    return found


def _texts(package: Package, member: str, element: str) -> dict[str, str]:
    """The text inside each `element`, by its name attribute."""
    found: dict[str, str] = {}
    name = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal name
        if tag.rpartition(" ")[2] == element and len(found) < _MOST:
            name = attributes.get("name", "")
            found[name] = ""

    def end(tag: str) -> None:
        nonlocal name
        name = "" if tag.rpartition(" ")[2] == element else name

    def text(data: str) -> None:
        if name and len(found[name]) < _LONGEST:
            found[name] += data

    if package.size(member) > _LARGEST:
        raise package.hostile("what it says about itself is endless")
    _parse(package, member, start, end, text)
    return found


def silent_cells(package: Package, member: str) -> list[tuple[int, int, str]]:
    """(row, column, mark) of each cell of a sheet that a fast reader shows as empty although it is not."""
    found: list[tuple[int, int, str]] = []
    row = column = 0
    kind, value, formula, inside = "n", "", False, ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, kind, value, formula, inside
        inside = tag = tag.rpartition(" ")[2]
        if tag == "row":
            row, column = int(attributes["r"]) if attributes.get("r", "").isdecimal() else row + 1, 0
        elif tag == "c":
            place = attributes.get("r", "")
            column = column_number(place.rstrip("0123456789")) if place else column + 1
            kind, value, formula = attributes.get("t", "n"), "", False
        elif tag == "f":
            formula = True

    def end(tag: str) -> None:
        nonlocal inside
        inside = ""
        if tag.rpartition(" ")[2] == "c" and len(found) < _MOST:
            if kind == "e":
                found.append((row, column, value[:20] or "#ERROR"))
            elif formula and not value and kind != "str":
                found.append((row, column, UNCALCULATED))

    def text(data: str) -> None:
        nonlocal value
        if inside == "v" and len(value) < _LONGEST:
            value += data

    _parse(package, member, start, end, text)
    return found


def _parse(package: Package, member: str, start: Any, end: Any, text: Any) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        for block in package.blocks(member):
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise package.damaged() from error
