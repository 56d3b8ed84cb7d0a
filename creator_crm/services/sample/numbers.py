"""The sample brand's tracking numbers: made up, in the form of each carrier, with the digit that checks."""

from __future__ import annotations

from creator_crm.services.sample.invented import Die
from creator_crm.services.tracking import recognise

SEED = 48  # a die of its own: the numbers leave everything else of the brand as it is

# What stands before and behind the digits, and how many there are; {} is where the one that checks goes.
_FORMS = {
    ("An Post", "IE"): ("RL", 8, "{}IE"),
    ("Royal Mail", "GB"): ("JV", 8, "{}GB"),
    ("DHL", "DE"): ("00340434", 11, "{}"),
}
_ABROAD = ("CY", 8, "{}DE")  # DHL's parcels to other countries have a number of the Universal Postal Union


def tracking_number(die: Die, carrier: str, country: str) -> str:
    """A number of this carrier for a parcel to this country that nobody was given."""
    before, count, behind = _FORMS.get((carrier, country), _ABROAD)
    serial = f"{die.randint(0, 10**count - 1):0{count}}"
    made = (f"{before}{serial}{behind.format(digit)}" for digit in "0123456789")
    return next(one for one in made if _holds(one, carrier, country))


def _holds(number: str, carrier: str, country: str) -> bool:
    found = recognise(number, carrier, country)
    return found.valid and found.carrier == carrier
