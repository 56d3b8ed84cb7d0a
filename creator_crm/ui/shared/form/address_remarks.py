"""Quiet lines under the fields of an address: what a carrier may stumble over. Nothing is refused for it."""

from __future__ import annotations

from collections.abc import Mapping

from creator_crm.domain.addresses import FIELDS, PostalAddress, remarks
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.ui.shared.form.line import FieldLine


def remark(lines: Mapping[str, FieldLine], *, is_new: bool) -> None:
    """Say under each field what is odd about it; what a new address has not got yet is not missing."""
    typed = {name: _typed(lines[name]) if name in lines else "" for name in FIELDS}
    said = {one.field: one.sentence for one in remarks(PostalAddress.of(typed))}
    for name in FIELDS:
        if name in lines:
            lines[name].remark("" if is_new and not typed[name] else said.get(name, ""))


def _typed(line: FieldLine) -> str:
    try:
        return str(line.editor.read() or "")
    except ValueRefused:
        return ""
