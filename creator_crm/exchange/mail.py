"""Letters for the user's own mail program: a mailto link that nothing can be smuggled into."""

from __future__ import annotations

import re
from urllib.parse import quote

from creator_crm.domain.errors import UserError
from creator_crm.exchange.filling import Rendered

LONGEST_LINK = 2_000  # characters; Windows cuts off or refuses longer ones
_ADDRESS = re.compile(r"[^\s@,;:<>()\[\]\\\"?&%#]+@[^\s@,;:<>()\[\]\\\"?&%#]+")
_BREAKS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


def header_line(text: str) -> str:
    """`text` as it may stand in the header of a letter: a line break would begin a header of its own."""
    return " ".join(_BREAKS.sub(" ", text.replace("\0", "")).split())


def mailto_link(rendered: Rendered, address: str) -> str:
    """The link that opens the letter in the mail program (RFC 6068); raises UserError.

    Not for messages with open gaps, for an address that is none, or for a text too long for a link.
    """
    rendered.refuse_missing(address)
    address = address.strip()
    if not _ADDRESS.fullmatch(address):
        raise UserError(f"“{address[:80]}” is not an e-mail address. No letter was opened.")
    body = "\r\n".join(rendered.text.replace("\0", "").splitlines())
    parts = {"subject": header_line(rendered.subject), "body": body}
    said = "&".join(f"{name}={quote(value, safe='')}" for name, value in parts.items() if value)
    link = f"mailto:{quote(address, safe='@+')}" + (f"?{said}" if said else "")
    if len(link) > LONGEST_LINK:
        raise UserError(
            "The message is too long to hand it to the mail program as a link. "
            "Nothing was opened; copy the text instead."
        )
    return link
