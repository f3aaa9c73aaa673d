"""Word lists and the little English that word problems need: singular forms, what is measured and what is counted."""

from collections.abc import Mapping
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_IRREGULAR: Final[Mapping[str, str]] = {
    "people": "person", "children": "child", "men": "man", "women": "woman", "feet": "foot", "geese": "goose",
    "mice": "mouse", "teeth": "tooth", "knives": "knife", "wolves": "wolf", "loaves": "loaf", "leaves": "leaf",
    "halves": "half", "lives": "life", "shelves": "shelf", "calves": "calf", "wives": "wife", "thieves": "thief",
    "fish": "fish", "sheep": "sheep", "deer": "deer", "series": "series", "dice": "die", "pennies": "penny",
    "cookies": "cookie", "movies": "movie", "pies": "pie", "ties": "tie", "brownies": "brownie", "calories": "calorie",
    "selfies": "selfie", "smoothies": "smoothie", "shoes": "shoe", "potatoes": "potato", "tomatoes": "tomato",
    "heroes": "hero", "oxen": "ox", "cents": "cent", "gas": "gas", "bus": "bus", "class": "class", "glass": "glass",
    "grass": "grass", "dress": "dress", "buses": "bus", "gases": "gas", "students": "student", "minis": "mini",
}  # fmt: skip

UNITS: Final[Mapping[str, str]] = {
    "second": "time", "minute": "time", "hour": "time", "day": "time", "week": "time", "month": "time", "year": "time",
    "decade": "time", "century": "time", "night": "time", "fortnight": "time", "sec": "time", "min": "time",
    "hr": "time",
    "dollar": "money", "cent": "money", "penny": "money", "buck": "money", "euro": "money", "pound": "mass",
    "peso": "money", "money": "money", "usd": "money",
    "inch": "length", "foot": "length", "yard": "length", "mile": "length", "meter": "length", "metre": "length",
    "kilometer": "length", "kilometre": "length", "centimeter": "length", "centimetre": "length", "cm": "length",
    "km": "length", "mm": "length", "millimeter": "length", "ft": "length", "mph": "speed", "kph": "speed",
    "ounce": "mass", "oz": "mass", "lb": "mass", "lbs": "mass", "gram": "mass", "kilogram": "mass", "kg": "mass",
    "ton": "mass", "tonne": "mass", "milligram": "mass", "mg": "mass", "stone": "mass",
    "liter": "volume", "litre": "volume", "milliliter": "volume", "ml": "volume", "gallon": "volume",
    "quart": "volume", "pint": "volume", "cup": "volume", "tablespoon": "volume", "teaspoon": "volume",
    "acre": "area", "hectare": "area", "degree": "angle", "percent": "share", "percentage": "share",
    "calorie": "energy", "point": "score", "unit": "score", "mm2": "area",
}  # fmt: skip
"""Singular noun to what it measures. What is measured may be negative or fractional."""

SCALE: Final[Mapping[str, tuple[str, int]]] = {
    "second": ("time", 1), "minute": ("time", 60), "hour": ("time", 3600), "day": ("time", 86400),
    "week": ("time", 604800),
    "cent": ("money", 1), "penny": ("money", 1), "dollar": ("money", 100),
    "inch": ("length", 1), "foot": ("length", 12), "yard": ("length", 36), "mile": ("length", 63360),
}  # fmt: skip
"""Units with a fixed ratio inside their dimension."""

WHOLE: Final = _words(
    "person people child kid boy girl man woman student teacher friend guest customer worker employee player member "
    "parent passenger adult baby brother sister cousin classmate neighbor doctor nurse soldier volunteer attendee "
    "participant visitor patient tourist singer dancer instructor sibling grandchild nephew niece campers camper "
    "athlete runner fan cop clown pirate dog cat cow pig horse sheep goat chicken duck hen rooster bird fish shark "
    "rabbit bunny puppy kitten hamster turtle frog lion tiger bear elephant monkey giraffe zebra wolf fox deer "
    "mouse rat spider ant bee butterfly beetle insect animal pet crab lobster snail snake lizard parrot pigeon owl "
    "crow eagle goose turkey donkey lamb calf bull camel car truck bus van bike bicycle motorcycle plane boat ship "
    "train vehicle tricycle unicycle house building apartment room bedroom window door chair table desk bed sofa "
    "book novel magazine pen pencil crayon marker eraser notebook stamp card coin marble ball balloon toy doll "
    "sticker puzzle phone computer laptop ticket shirt dress hat shoe sock glove jacket coat ring necklace bracelet "
    "earring vampire member bag box carton basket bottle can jar envelope letter package crate trip bead button "
    "candle egg flower rose tulip tree bush seed vase lamp bulb spoon fork knife plate bowl team class store school "
    "bouquet bracket teddy doll mask costume kite skirt brick stone tile tire wheel episode song medal trophy "
    "baseball basketball football tennis volleyball hotdog ornament sibling villager voter fireman firefighter"
)
"""Singular nouns of things that come whole: half of one is not one of them."""

DIVISIBLE: Final = _words(
    "pizza cake pie sandwich slice piece loaf bread apple orange lemon melon watermelon pear peach banana potato "
    "brownie cookie candy bar serving batch load roll lap block floor time share turn set pair dozen pack batch "
    "portion tank trip field course round shift credit meal mile rate dose pill acre lot page question way step "
    "square size strip sheet ribbon rope stick log barrel bucket bushel case packet scoop spoonful handful"
)
"""Counted nouns of which a part is still some: a broken number of them is doubtful, not impossible."""

SIGNED: Final = _words(
    "degree point dollar cent money temperature profit loss debt balance score percent change difference floor "
    "level yard stroke goal"
)
"""What may be negative."""

NUMERALS: Final[Mapping[str, int]] = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
}  # fmt: skip
"""Number words in the question; "twenty-five" is put together by `quantities`."""

STOP: Final = _words(
    "a an the and or but so if then of in on at to from for with without by as is are was were be been will would "
    "can could has have had he she it they we you i his her their its this that these those who which what when "
    "where how than per each every into onto over under after before during left remaining because since while not "
    "no do does did get gets got there only just also more less fewer about out off up down between among total "
    "altogether another all both half twice times equals equal plus minus divided multiplied costs cost weighs "
    "weigh makes make made needs need takes take sells sell sold buys buy bought"
)
"""Words that end a noun phrase."""


def singular(word: str) -> str:
    """The singular of an English noun in lower case; words that are not plural come back as they are."""
    word = word.lower().removesuffix("'s").removesuffix("’s").rstrip("'’")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    if len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def is_plural(word: str) -> bool:
    return singular(word) != word.lower() or word.lower() in ("fish", "sheep", "deer", "series")
