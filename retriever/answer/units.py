"""Units of measure as news writes them, each with what it measures and how much of it.

Written by hand: quantulum3 0.10, the library for this that is kept up, knows no "at least", does
not tell what is counted, takes years for numbers, warns when it is imported, and brings 40 MB of
others. Converted are only units whose ratio is the same everywhere; a gallon or a ton is compared
with its like alone.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureUnit:
    """What a unit measures, and how much of the smallest unit of that it is."""

    measures: str
    factor: float = 1.0


_LENGTH = {
    "mm millimetre millimetres millimeter millimeters": 0.001,
    "cm centimetre centimetres centimeter centimeters": 0.01,
    "m metre metres meter meters": 1.0,
    "km kilometre kilometres kilometer kilometers": 1000.0,
    "inch inches": 0.0254,
    "ft foot feet": 0.3048,
    "yard yards": 0.9144,
    "mile miles mi": 1609.344,
}
_MASS = {"mg milligrams": 1e-6, "g gram grams": 1e-3, "kg kilo kilos kilogram kilograms": 1.0}
_AREA = {"acre acres": 4046.86, "hectare hectares ha": 10_000.0}
_SPEED = {"mph": 1.609344, "kph km/h kmh": 1.0}
_TIME = {
    "second seconds": 1.0,
    "minute minutes": 60.0,
    "hour hours": 3600.0,
    "day days": 86_400.0,
    "week weeks": 604_800.0,
    "month months": 2_629_800.0,
    "year years": 31_557_600.0,
}
_POWER = {"kilowatt kilowatts kw": 1.0, "megawatt megawatts mw": 1e3, "gigawatt gigawatts gw": 1e6}
_MONEY = {
    "$": "dollars", "us$": "dollars", "dollar": "dollars", "dollars": "dollars", "usd": "dollars",
    "€": "euros", "euro": "euros", "euros": "euros", "eur": "euros",
    "£": "pounds", "pound": "pounds", "pounds": "pounds", "gbp": "pounds",
    "¥": "yen", "yen": "yen", "yuan": "yuan", "renminbi": "yuan", "rupees": "rupees",
    "₹": "rupees", "rubles": "roubles", "roubles": "roubles", "₽": "roubles",
    "c$": "Canadian dollars", "a$": "Australian dollars", "hk$": "Hong Kong dollars",
    "francs": "francs", "won": "won", "₩": "won", "pesos": "pesos",
    "crowns": "crowns", "kroner": "crowns", "kronor": "crowns",
}  # fmt: skip
_ALONE = (
    "ton tons tonne tonnes gallon gallons litre litres liter liters barrel barrels ounce ounces"
    " degree degrees"
).split()


def _known() -> dict[str, MeasureUnit]:
    tables = {
        "length": _LENGTH, "mass": _MASS, "area": _AREA, "speed": _SPEED, "time": _TIME,
        "power": _POWER,
    }  # fmt: skip
    units = {
        name: MeasureUnit(measures=measures, factor=factor)
        for measures, table in tables.items()
        for names, factor in table.items()
        for name in names.split()
    }
    units |= {name: MeasureUnit(measures=currency) for name, currency in _MONEY.items()}
    units |= {name: MeasureUnit(measures=name.removesuffix("s")) for name in _ALONE}
    return units | dict.fromkeys(("%", "percent", "per cent"), MeasureUnit(measures="percent"))


UNITS = _known()
"""A unit by its name or sign, folded."""

# A letter or two is a unit only right behind figures, and no other word.
SHORT_UNITS = frozenset(name for name in UNITS if len(name) <= 2 and name.isalpha())
