"""Amounts of money in whole minor units with a currency: read from $9.99 or 1.315,00 €, written as 12.50."""

import re
from decimal import Decimal
from functools import cache

from creator_crm.domain.frozen import immutable
from creator_crm.domain.values.numbers import LONGEST_NUMBER, parse_number
from creator_crm.domain.values.refused import ValueRefused, quoted

# ISO 4217: the currencies in use, and those whose minor unit is not a hundredth.
_CODES = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD
    CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP
    GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD
    KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK
    NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD
    SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYI UYU UYW UZS VED VES VND VUV
    WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
CURRENCIES = frozenset(_CODES.split())
_EXPONENTS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX"), 0),
    **dict.fromkeys(("UYI", "VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}
# A mark and the currencies that use it. The first is meant when nothing else is said; "?": it must be said.
_MARKS = """
    $ USD CAD AUD NZD HKD SGD TWD MXN ARS CLP COP BBD BMD BND BSD BZD FJD GYD JMD KYD LRD NAD SBD
    SRD TTD XCD; us$ USD; a$ AUD; au$ AUD; c$ CAD; ca$ CAD; nz$ NZD; hk$ HKD; s$ SGD; r$ BRL; mx$
    MXN; nt$ TWD; ¥ ? JPY CNY; 円 JPY; 元 CNY; kr ? SEK NOK DKK ISK; kr. DKK SEK NOK ISK; £ GBP EGP
    LBP GIP FKP SHP; ₤ GBP; € EUR; euro EUR; euros EUR; ₹ INR; rs INR PKR LKR NPR; rs. INR PKR LKR
    NPR; ₩ KRW; 원 KRW; ₽ RUB; руб RUB; руб. RUB; ₺ TRY; tl TRY; zł PLN; zl PLN; kč CZK; ft HUF; fr
    CHF; fr. CHF; sfr. CHF; ₫ VND; đ VND; ฿ THB; rp IDR; rp. IDR; rm MYR; ₱ PHP; ₦ NGN; ₪ ILS; ₴
    UAH; грн UAH; lei RON; лв BGN; лв. BGN; r ZAR; s/ PEN; ₸ KZT; ₾ GEL; ₵ GHS; ksh KES
"""
_LARGEST = 2**63 - 1


@immutable
class Money:
    """An amount in the currency's smallest unit: cents, pence, whole yen."""

    minor: int
    currency: str


def exponent(currency: str) -> int:
    """How many decimals the currency has; refuses what is not a currency code."""
    if currency not in CURRENCIES:
        raise ValueRefused(f"{quoted(currency)} is not a currency code such as EUR.")
    return _EXPONENTS.get(currency, 2)


def to_minor(amount: Decimal, currency: str) -> int:
    """The amount in minor units, refused when it is not a whole number of them."""
    minor = amount.scaleb(exponent(currency))
    if minor != minor.to_integral_value():
        raise ValueRefused(f"{quoted(format(amount, 'f'))} has more decimals than {currency} has.")
    if abs(minor) > _LARGEST:
        raise ValueRefused(f"{quoted(format(amount, 'f'))} is too large an amount.")
    return int(minor)


def format_plain(minor: int, currency: str) -> str:
    """The amount with a point and no grouping: 1250 EUR gives "12.50"."""
    decimals = exponent(currency)
    digits = str(abs(minor)).rjust(decimals + 1, "0")
    sign = "-" if minor < 0 else ""
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else sign + digits


def parse_currency(text: str, currency: str | None = None) -> str:
    """The code a code, sign or abbreviation stands for; `currency` settles a sign that several share."""
    mark = text.strip()
    if mark.upper() in CURRENCIES:
        return mark.upper()
    candidates = _marks().get(mark.casefold().replace("￥", "¥"))
    if candidates is None:
        raise ValueRefused(f"{quoted(text)} is not a currency code such as EUR.")
    if currency in candidates:
        return str(currency)
    if candidates[0] == "?":
        raise ValueRefused(
            f"{quoted(text)} is used by several currencies; name one, such as {candidates[1]}."
        )
    return candidates[0]


def parse_money(value: object, currency: str | None = None, decimal_comma: bool | None = None) -> Money:
    """The amount a cell holds, in the currency it names itself or else in `currency`."""
    if not isinstance(value, str):
        return _priced(parse_number(value), currency, value)
    found = re.fullmatch(
        r"(?P<open>\(?)\s*(?P<sign>[+\-−]?)\s*(?P<before>[^\d\s(.,'+\-−]?[^\d\s(,'+\-−]*)\s*"
        r"(?P<number>[+\-−]?[.,]?\d(?:[\d.,'’\s]*\d)?(?:e[+-]?\d{1,2})?\s*(?:(?:k|m|mio\.?|тыс\.?|万)(?![^\W\d_]))?)"
        r"(?:[.,:][-–—]+|[–—]+)?\s*(?P<after>[^\d\s)]*?)(?P<minus>\s*-)?\s*(?P<close>\)?)",
        " ".join(value[: LONGEST_NUMBER + 1].split()),
        re.IGNORECASE,
    )
    if (
        not found
        or len(value) > LONGEST_NUMBER
        or bool(found["open"]) != bool(found["close"])
        or (found["before"] and found["after"])
    ):
        raise ValueRefused(f"{quoted(value)} is not an amount of money.")
    mark = found["before"] or found["after"]
    code = parse_currency(mark, currency) if mark else currency
    digits = found["number"].strip()
    if decimal_comma is None and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", digits) and code and exponent(code) < 3:
        # Three decimals can't be cents, so the point groups thousands: "1.315 €".
        digits = digits.replace(".", "")
    amount = parse_number(digits, decimal_comma)
    negative = bool(found["open"] or found["minus"] or found["sign"] in ("-", "−"))
    return _priced(-amount if negative else amount, code, value)


@cache
def _marks() -> dict[str, list[str]]:
    entries = (entry.split() for entry in _MARKS.split(";"))
    return {mark: currencies for mark, *currencies in entries}


def _priced(amount: Decimal, currency: str | None, value: object) -> Money:
    if currency is None:
        raise ValueRefused(f"{quoted(value)} does not say its currency.")
    return Money(to_minor(amount, currency), currency)
