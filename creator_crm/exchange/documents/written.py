"""Documents as Markdown, plain text and HTML; what people typed is never taken for markup."""

from __future__ import annotations

import re
from html import escape

from creator_crm.exchange.documents.text import Section, Text

_MARKUP = re.compile(r"([\\`*_\[\]<>|~])")
_STARTS = re.compile(r"^(\s*)([#+\-=]|\d+[.)])")
_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")


def markdown(text: Text) -> str:
    """CommonMark: the title, then a heading a section."""
    blocks = [f"# {_escaped(text.title)}"]
    if text.under:
        blocks.append(f"*{_escaped(text.under)}*")
    for section in text.sections:
        blocks.append(f"## {_escaped(section.heading)}")
        lines = [_escaped(line) for line in section.paragraphs]
        blocks += ["\n".join(f"- {line}" for line in lines)] if section.items else lines
    return "\n\n".join(blocks) + "\n"


def plain(text: Text) -> str:
    """For the clipboard and a message: headings in capitals, lists with dashes."""
    blocks = [text.title + (f"\n{text.under}" if text.under else "")]
    for section in text.sections:
        lines = [f"- {line}" if section.items else line for line in section.paragraphs]
        blocks.append("\n".join([section.heading.upper(), *lines]))
    return "\n\n".join(blocks) + "\n"


def html(text: Text) -> str:
    """For QTextDocument: HTML attributes rather than CSS, most of which it does not know."""
    parts = [f"<h1>{escape(text.title)}</h1>"]
    if text.under:
        parts.append(f'<p><font color="#5f6170">{escape(text.under)}</font></p>')
    parts += [_html_section(section) for section in text.sections]
    return f'<html><body dir="auto">{"".join(parts)}</body></html>'


def _html_section(section: Section) -> str:
    lines = [_linked(line) for line in section.paragraphs]
    if section.items:
        body = f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>"
    else:
        body = "".join(f"<p>{line}</p>" for line in lines)
    return f"<h3>{escape(section.heading)}</h3>{body}"


def _linked(line: str) -> str:
    parts: list[str] = []
    at = 0
    for found in _LINK.finditer(line):
        link = escape(found[0])
        parts += [escape(line[at : found.start()]), f'<a href="{link}">{link}</a>']
        at = found.end()
    return "".join([*parts, escape(line[at:])])


def _escaped(line: str) -> str:
    """The line as Markdown that shows exactly it; links stay as they are, to be followed."""
    parts: list[str] = []
    at = 0
    for found in _LINK.finditer(line):
        parts += [_MARKUP.sub(r"\\\1", line[at : found.start()]), found[0]]
        at = found.end()
    whole = "".join([*parts, _MARKUP.sub(r"\\\1", line[at:])])
    return _STARTS.sub(_without_meaning, whole)


def _without_meaning(start: re.Match[str]) -> str:
    """At the start of a line a dash, a number with a dot or a hash would begin something."""
    blank, sign = start.groups()
    return f"{blank}{sign[:-1]}\\{sign[-1]}"
