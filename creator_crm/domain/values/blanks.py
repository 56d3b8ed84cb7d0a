"""Tells the many spellings of "nothing here" from a value: counted, never a zero and never a name."""

from functools import cache
from typing import Literal

BlankKind = Literal["empty", "placeholder", "error"]

_PLACEHOLDERS = """
    - -- --- – — ― _ . .. ... … ? / \\ n/a n/a' #n/a' n.a. n.a n/a. n\\a na nan null (null) none
    <na> <null> <none> undefined (none) (blank) (empty) [null] n/d n.d. n/v n.v. n/k k.a. k.a
    b.d. б/д н/д -/- ./.
"""

# These spellings are people too ("Nan", "Na"), so only the ways a machine writes them count.
_MACHINE_SPELLINGS = {"nan": ("nan", "NaN", "NAN"), "na": ("NA", "na")}

# Excel's and LibreOffice's error cells as each language writes them, "¡" and "¿" left out.
_ERRORS = """
    #null! #div/0! #value! #ref! #name? #num! #n/a #n/a! #getting_data #spill! #calc! #field!
    #blocked! #unknown! #connect! #busy! #error! #python! #timeout! #external! #macro? #wert!
    #bezug! #zahl! #nv #überlauf! #kalk! #feld! #nul! #valeur! #nom? #nombre! #propagation! #epars!
    #occupé! #nulo! #valor! #nombre? #n/d #n/d! #desbordamiento! #num.! #núm! #nome? #despejar!
    #nullo! #valore! #rif! #espansione! #espandi! #leeg! #deel/0! #waarde! #verw! #naam? #getal!
    #n/b #overloop! #skärning! #division/0! #värdefel! #värde! #referens! #referensfel! #namn?
    #ogiltigt! #saknas! #spill #værdi! #reference! #navn? #i/t #verdi! #tall! #overløb! #overflyt!
    #tyhjä! #jako/0! #arvo! #viittaus! #nimi? #luku! #puuttuu! #puuttuu #zero! #dziel/0! #arg! #adr!
    #nazwa? #liczba! #rozlanie! #boş! #sayı/0! #değer! #başv! #ad? #sayı! #yok #taşma! #пусто!
    #дел/0! #знач! #ссылка! #имя? #число! #н/д #перенос! #вычисл! #dělení_nulou! #hodnota! #odkaz!
    #název? #číslo! #není_k_dispozici #nulla! #zéróosztó! #érték! #hiv! #név? #szám! #hiányzik
"""


def blank_kind(value: object) -> BlankKind | None:
    """How the cell says nothing: not at all, by "N/A" and the like, by "#REF!" and the like; else None."""
    if value is None:
        return "empty"
    if not isinstance(value, str):
        return "placeholder" if value != value else None
    text = value.strip(" \t\r\n\xa0\u200b\ufeff\0'")
    if not text:
        return "empty"
    if len(text) > 24:
        return None
    lowered = text.replace("\u0130", "i").lower()
    if lowered in _words(_PLACEHOLDERS):
        spellings = _MACHINE_SPELLINGS.get(lowered)
        return "placeholder" if spellings is None or text in spellings else None
    if lowered[0] == "#":
        bare = lowered.replace("¡", "").replace("¿", "")
        # A Turkish "I" loses its dot in other locales' lower case, so both spellings of "sayı" are looked up.
        return "error" if {bare, bare.replace("i", "ı")} & _words(_ERRORS) else None
    return "error" if lowered.startswith("err:") and lowered[4:].isdecimal() else None


def is_blank(value: object) -> bool:
    """Whether the cell says nothing, in any of the ways people and programs have of saying nothing."""
    return blank_kind(value) is not None


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())
