"""E-mail addresses and phone numbers in their normal form."""

import re

from creator_crm.domain.values.blanks import is_blank
from creator_crm.domain.values.numbers import parse_identifier
from creator_crm.domain.values.refused import ValueRefused, quoted

LONGEST_ADDRESS = 500
"""Characters of a cell that can still be a name with an e-mail address (an address alone has 254)."""


_NOT_PUBLIC = re.compile(r"@[^@\s<>]+\.(test|invalid|local|localhost|internal)>?$", re.IGNORECASE)


class PhoneKept(str):
    """A phone number kept as it was typed, because it can't be completed to an international one."""

    __slots__ = ()


def parse_email(text: str) -> str:
    """The bare address, its domain in lower case; out of "Nea Nord <NEA@x.com>" or "mailto:nea@x.com" too."""
    from email_validator import EmailNotValidError, validate_email

    if len(text) > LONGEST_ADDRESS:
        raise ValueRefused(f"{quoted(text)} is not an e-mail address: it is too long.")
    address = re.sub(r"^mailto:", "", text.strip(), flags=re.IGNORECASE)
    if address != text.strip():
        address = address.partition("?")[0]
    # A name that no public mail server may have can be right in an office, or a placeholder worth keeping.
    inside = _NOT_PUBLIC.search(address)
    public = f"{address[: inside.start(1)]}com{address[inside.end(1) :]}" if inside else address
    try:
        found = validate_email(
            public, check_deliverability=False, allow_display_name=True, allow_quoted_local=True, strict=True
        )
    except EmailNotValidError as refusal:
        reason = str(refusal).rstrip(".")
        reason = reason[:1].lower() + reason[1:]
        raise ValueRefused(f"{quoted(text)} is not an e-mail address: {reason}.") from None
    if inside:
        return f"{str(found.normalized).removesuffix('.com')}.{inside[1].lower()}"
    return str(found.normalized)


def email_key(text: str) -> str:
    """What two spellings of one address share, for matching; never raises."""
    try:
        return parse_email(text).casefold()
    except ValueRefused:
        return text.strip().casefold()


def parse_phone(value: object, region: str | None = None) -> str:
    """The number as "+4915123456789", or a `PhoneKept` holding what was typed when it is not surely one.

    `region` is the two-letter country whose national numbers the text may hold.
    """
    from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, is_valid_number, parse

    if is_blank(value):
        raise ValueRefused("There is no phone number here.")
    text = " ".join(parse_identifier(value).split())
    if re.fullmatch(r"\d{1,4}([/.-])\d{1,2}\1(?:\d{2}|\d{4})", text):
        # A day such as 3/10/1984 has as many digits as a phone number.
        return PhoneKept(text)
    if sum(c.isdecimal() for c in text) < 3:
        raise ValueRefused(f"{quoted(text)} is not a phone number.")
    for attempt in (text, "+" + text[2:]) if text.startswith("00") else (text,):
        try:
            number = parse(attempt, region)
        except NumberParseException:
            continue
        if is_valid_number(number):
            extension = f" ext. {number.extension}" if number.extension else ""
            return str(format_number(number, PhoneNumberFormat.E164)) + extension
    return PhoneKept(text)
