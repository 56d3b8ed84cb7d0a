"""Fills the gaps of a message template: never more than a message, and no gap left open without being named.

Templates come in files from strangers. A template is read into its parts first, and only parts that cannot
grow or call anything are carried out: gaps, conditions and a handful of filters. No loop, no arithmetic, no
call: so it ends at once and needs no process of its own. The sandbox stands behind that as a second wall.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, Undefined, nodes
from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from creator_crm.compat import override
from creator_crm.domain.errors import UserError

LONGEST_TEMPLATE = 20_000  # characters
LONGEST_MESSAGE = 50_000
_DEEPEST = 40  # parts within parts
_PLAIN_FILTERS = frozenset({"upper", "lower", "title", "capitalize", "trim"})
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const, nodes.If,
    nodes.CondExpr, nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand, nodes.Filter, nodes.Test,
)  # fmt: skip
_CAN = "A message can have gaps like {{ creator.name }}, “if … else … endif”, and the filters "
_FILTERS = "default, upper, lower, title, capitalize, trim and truncate."

Fields = Mapping[str, "str | int | Mapping[str, str | int | None] | None"]


class TemplateRefused(UserError):
    """The template itself is wrong; the sentence says where."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message with its gaps filled; `missing` names those that were empty, in the order they came up.

    In the text an empty gap is marked ⟨first name?⟩, so that the preview shows where.
    """

    subject: str
    text: str
    missing: tuple[str, ...] = ()

    def refuse_missing(self, to: str = "the creator") -> None:
        """Raise UserError, naming the gaps, when any was empty: such a message is not to leave the house."""
        if self.missing:
            gaps = ", ".join(self.missing)
            raise UserError(
                f"The message to {to} has gaps that nothing is known for: {gaps}. It was not sent or copied; "
                "fill them in on the record, or write {{ … | default('…') }} in the template."
            )


def render(subject: str, body: str, fields: Fields) -> Rendered:
    """Fill both parts of a message; raises TemplateRefused. `fields`: texts, figures, and groups of them.

    None stands for what is not known of this creator; a name that is no field at all is a mistake in the
    template and refused.
    """
    missing: dict[str, None] = {}
    known = {name: _given(name, value, missing) for name, value in fields.items()}
    first = _filled(subject, known)
    return Rendered(" ".join(first.split()), _filled(body, known), tuple(missing))


class _Gap(Undefined):
    """A field that is empty: false in a condition, replaced by `default`, and noted when it is shown."""

    __slots__ = ("_label", "_missing")

    def __init__(self, name: str, missing: dict[str, None]) -> None:
        super().__init__(name=name)
        self._label = name.rpartition(".")[2].replace("_", " ")
        self._missing = missing

    @override
    def __str__(self) -> str:
        self._missing[self._label] = None
        return f"⟨{self._label}?⟩"

    def _compared(self, other: object) -> bool:
        self._missing[self._label] = None
        return False

    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = _compared  # type: ignore[assignment]


class _Group(dict[str, Any]):
    """Fields that belong together; shown as a whole it is its name: {{ campaign }}."""

    @override
    def __str__(self) -> str:
        return str(self["name"]) if "name" in self else ""


class _Figure(int):
    """A number that is compared as one and shown with its thousands apart."""

    @override
    def __str__(self) -> str:
        return f"{int(self):,}"


def _given(name: str, value: Any, missing: dict[str, None]) -> Any:
    if isinstance(value, Mapping):
        return _Group({key: _given(f"{name}.{key}", held, missing) for key, held in value.items()})
    if value is None or value == "":
        return _Gap(name, missing)
    return _Figure(value) if isinstance(value, int) else value


def _filled(source: str, known: Mapping[str, Any]) -> str:
    template, used = _read(source)
    for names, line in used:
        _refuse_unknown(names, line, known)
    pieces: list[str] = []
    room = LONGEST_MESSAGE
    try:
        for piece in template.generate(**known):
            pieces.append(piece)
            room -= len(piece)
            if room < 0:
                raise TemplateRefused(f"The message would be longer than {LONGEST_MESSAGE:,} characters.")
    except (TemplateError, TypeError) as error:
        raise TemplateRefused(
            "The template compares things that cannot be compared, such as a name with a number."
        ) from error
    return "".join(pieces)


def _refuse_unknown(names: tuple[str, ...], line: int, known: Mapping[str, Any]) -> None:
    held: Any = known
    for name in names:
        if not isinstance(held, Mapping) or name not in held:
            offered = ", ".join(_offered(known))
            raise TemplateRefused(
                f"Line {line}: there is no field “{'.'.join(names)}”. There are: {offered}."
            )
        held = held[name]


def _offered(known: Mapping[str, Any]) -> Iterable[str]:
    for name, value in known.items():
        if isinstance(value, _Group):
            yield from (f"{name}.{key}" for key in value)
        else:
            yield name


# Reading a template ------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _read(source: str) -> tuple[Template, tuple[tuple[tuple[str, ...], int], ...]]:
    """The template, and the fields it uses with their lines: (("creator", "name"), 1)."""
    if len(source) > LONGEST_TEMPLATE:
        raise TemplateRefused(f"The template is longer than {LONGEST_TEMPLATE:,} characters.")
    try:
        tree = _ENVIRONMENT.parse(source)
        used = tuple(dict.fromkeys(_used(tree, 0)))
        return _ENVIRONMENT.from_string(tree), used
    except TemplateSyntaxError as error:
        raise TemplateRefused(
            f"Line {error.lineno}: the template cannot be read here. Look for a missing }}}}, %}} or endif."
        ) from error
    except (RecursionError, ValueError, OverflowError, MemoryError) as error:
        raise TemplateRefused("The template is nested too deeply to be read.") from error


def _used(node: nodes.Node, depth: int) -> Iterable[tuple[tuple[str, ...], int]]:
    """The fields used in a part; raises TemplateRefused for what is not allowed in a message."""
    if depth > _DEEPEST:
        raise TemplateRefused("The template is nested too deeply to be read.")
    if not isinstance(node, _ALLOWED):
        raise _refused(node, type(node).__name__.lower())
    if isinstance(node, nodes.Filter):
        _check_filter(node)
    if isinstance(node, nodes.Test) and (node.name not in ("defined", "undefined") or node.args):
        raise _refused(node, f"the test {node.name}")
    if isinstance(node, nodes.Name):
        yield (node.name,), node.lineno
    elif isinstance(node, nodes.Getattr):
        if not isinstance(node.node, nodes.Name):
            raise _refused(node, f".{node.attr}")
        yield (node.node.name, node.attr), node.lineno
    else:
        for child in node.iter_child_nodes():
            yield from _used(child, depth + 1)


def _check_filter(node: nodes.Filter) -> None:
    arguments = len(node.args)
    plain = not (node.kwargs or node.dyn_args or node.dyn_kwargs)
    if node.node is not None and plain:
        if node.name in _PLAIN_FILTERS and not arguments:
            return
        if node.name in ("default", "d") and arguments == 1:
            return
        if node.name == "truncate" and arguments == 1:
            length = node.args[0]
            if isinstance(length, nodes.Const) and isinstance(length.value, int) and length.value > 3:
                return
    raise _refused(node, f"the filter {node.name}")


def _refused(node: nodes.Node, what: str) -> TemplateRefused:
    return TemplateRefused(f"Line {node.lineno}: “{what}” cannot be used in a message. {_CAN}{_FILTERS}")


def _environment() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        optimized=False,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # plain text, never HTML
    )
    made.globals.clear()
    return made


_ENVIRONMENT = _environment()
