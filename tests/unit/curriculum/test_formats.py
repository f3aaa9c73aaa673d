"""Other formats: what is read, what is left out and why, and that what is written reads back the same."""

import gzip
import random
from pathlib import Path

import msgspec
import pytest

from curriculum.exporters import EXPORTERS, draft_files, pack_files
from curriculum.importers import IMPORTERS, Draft
from curriculum.items import Item, Matching, MultipleChoice, Numeric, Option, ShortAnswer, SingleChoice, Steps
from curriculum.numbers import exact_number
from curriculum.packs import Manifest, Pack, pack_of
from tests.unit.curriculum.small_pack import FILES

FOLDER = Path(__file__).parent / "formats"
SOURCES = {
    "csv": "questions.csv",
    "constitution": "constitution.json",
    "gift": "questions.gift",
    "markdown": "notes.md",
    "oatutor": "problems.jsonl",
    "upsc": "upsc.csv",
}
MANIFEST = Manifest(id="draft", title="Draft", version="0.1.0", language="en", licence="CC0-1.0")
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "curriculum"
REAL = {
    "constitution": "constitution_of_india/constitution_of_india.json",
    "oatutor": "oatutor/problems.jsonl.gz",
    "upsc": "upsc/upscpyqs_to_2021.csv.gz",
}


def source(kind: str) -> str:
    return (FOLDER / SOURCES[kind]).read_text(encoding="utf-8")


def draft(kind: str) -> Draft:
    return IMPORTERS[kind](source(kind), SOURCES[kind])


def by_id(found: Draft) -> dict[str, Item]:
    return {item.id: item for item in found.items}


def test_every_format_has_a_file_here() -> None:
    assert set(SOURCES) == set(IMPORTERS)


def test_gift() -> None:
    found = draft("gift")
    items = by_id(found)
    term = items["term"]
    assert isinstance(term, SingleChoice)
    assert [option.text for option in term.options] == ["five years", "four years", "six years", "life"]
    assert term.options[1].misconception == "the term of another country's president"
    assert term.key == "a"
    assert term.skills == ("polity",)
    year, pi, judges = items["year"], items["pi"], items["range"]
    assert isinstance(year, Numeric)
    assert (year.stem, year.value, year.tolerance) == (
        "In which year did the Constitution come into force?",
        "1950",
        None,
    )
    assert isinstance(pi, Numeric)
    assert pi.stem.endswith("diameter:")
    assert isinstance(judges, Numeric)
    assert judges.value == "32"
    match = items["match"]
    assert isinstance(match, Matching)
    assert match.pairs == ((1, "a"), (2, "b"))
    assert match.right[-1] == "Prime Minister"
    primes = items["primes"]
    assert isinstance(primes, MultipleChoice)
    assert primes.keys == ("a", "b")
    assert items["blank"].stem == "The ____ cannot be dissolved."
    assert items["formula"].stem == "Solve $x = {2}$ and $y:z$"
    capital = items["what-is-the-capital-of-india"]
    assert isinstance(capital, ShortAnswer)
    assert capital.explanation.startswith("New Delhi has been")
    assert [(one.line, one.why) for one in found.left_out] == [
        (38, "is an essay; it has no key"),
        (40, "has no answers between { and }"),
        (42, "has fewer than two options, more than twelve, or two that say the same"),
    ]


def test_csv() -> None:
    found = draft("csv")
    capital = by_id(found)["capital"]
    assert isinstance(capital, SingleChoice)
    assert (capital.key, capital.skills, capital.difficulty) == ("b", ("geography", "cities"), 1)
    kinds = [type(item).__name__ for item in found.items]
    assert kinds == ["SingleChoice", "MultipleChoice", "Numeric", "Numeric", "Expression", "ShortAnswer"]
    assert [one.why for one in found.left_out] == [
        "has no answer",
        "the answer e is none of the options",
        "the difficulty is 1 to 5, not 9",
        "has 3 cells; the first line has 13",
    ]


def test_upsc() -> None:
    found = draft("upsc")
    first, second = found.items
    assert first.source == "UPSC Civil Services (Preliminary) 2017 General Studies Paper I"
    assert first.stem.split("\n")[0] == "Consider the following statements:"
    assert len(first.stem.split("\n")) == 4
    assert (second.context, second.source) == (
        "A family has three members.",
        "UPSC Civil Services (Preliminary) 2014 CSAT",
    )
    assert [one.why for one in found.left_out] == ["needs an image", "the answer X is none of the options"]


def test_constitution() -> None:
    found = draft("constitution")
    assert [passage.id for passage in found.passages] == ["preamble", "article-56", "article-21a"]
    assert found.passages[1].source == "Constitution of India, Article 56"
    assert len(found.left_out) == 3


def test_oatutor() -> None:
    found = draft("oatutor")
    items = by_id(found)
    choice, call = items["a1real1"], items["a5call"]
    assert isinstance(choice, SingleChoice)
    assert choice.stem == "Use $f(x)=x+1$.\nWhat is the composition?"
    assert choice.key == "b"
    assert choice.hints == ("Formula\nHow can we write $f(g(x))$?",)
    assert "CC BY 4.0" in choice.source
    assert call.stem == "Evaluate $f\\left(h^2\\right)$ if $f(x)=3x-5$"
    steps = items["a3two"]
    assert isinstance(steps, Steps)
    assert [part.id for part in steps.parts] == ["a3two/1", "a3two/2"]
    assert [one.why for one in found.left_out][:3] == [
        "needs a figure",
        "has variables; write it as a template",
        "its answer is none of its options",
    ]
    assert len(found.left_out) == 5


def test_markdown() -> None:
    found = draft("markdown")
    assert [skill.title for skill in found.skills] == ["notes", "The President", "Removal", "The Vice-President"]
    assert [passage.title for passage in found.passages] == [skill.title for skill in found.skills]
    assert "---" not in found.passages[1].text
    assert "# no heading inside a fence" in found.passages[2].text


def test_titles_in_other_scripts_are_skills_too() -> None:
    text = "# राष्ट्रपति\n\nराष्ट्रपति का कार्यकाल पाँच वर्ष का होता है।\n\n# संसद\n\nसंसद के दो सदन हैं।\n"
    found = IMPORTERS["markdown"](text, "hindi.md")
    assert [skill.title for skill in found.skills] == ["राष्ट्रपति", "संसद"]
    assert len({skill.id for skill in found.skills}) == 2
    assert [passage.skills for passage in found.passages] == [(skill.id,) for skill in found.skills]
    assert isinstance(pack_of(draft_files(MANIFEST, found)), Pack)


@pytest.mark.parametrize("kind", SOURCES)
def test_a_draft_is_a_pack(kind: str) -> None:
    found = draft(kind)
    pack = pack_of(draft_files(MANIFEST, found))
    assert isinstance(pack, Pack), pack
    assert tuple(pack.items.values()) == found.items
    assert tuple(pack.passages.values()) == found.passages
    assert tuple(pack.skills.values()) == found.skills


def test_a_pack_is_written_and_read_back() -> None:
    pack = pack_of(FILES)
    assert isinstance(pack, Pack)
    again = pack_of(pack_files(pack))
    assert isinstance(again, Pack), again
    assert msgspec.structs.replace(again, places={}) == msgspec.structs.replace(pack, places={})


@pytest.mark.parametrize(
    ("kind", "written"), [(kind, kind) for kind in EXPORTERS] + [("oatutor", "csv"), ("csv", "gift")]
)
def test_what_is_written_reads_back_the_same(kind: str, written: str) -> None:
    items = draft(kind).items
    once = EXPORTERS[written](items)
    left = {name for name, _ in once.left_out}
    read = IMPORTERS[written](once.text, "again")
    assert not read.left_out
    assert [carried(item, written) for item in read.items] == [carried(i, written) for i in items if i.id not in left]
    assert EXPORTERS[written](read.items).text == once.text


LOST = {
    "csv": ("hints",),
    "gift": ("skills", "source", "difficulty", "hints", "marks"),
    "oatutor": ("difficulty", "explanation", "marks"),
}
"""What a format has no place for, beside the misconceptions of options."""


def carried(item: Item, written: str) -> Item:
    plain = Numeric(id="x", stem="x", value="1")
    blank: dict[str, object] = {name: getattr(plain, name) for name in LOST[written]}
    if isinstance(item, SingleChoice | MultipleChoice) and written != "gift":
        blank["options"] = tuple(Option(option.text) for option in item.options)
    if isinstance(item, Numeric):
        blank["value"] = str(exact_number(item.value))
    if isinstance(item, Steps):
        blank["parts"] = tuple(carried(part, written) for part in item.parts)
    return msgspec.structs.replace(item, **blank)


@pytest.mark.parametrize("kind", REAL)
def test_real_files(kind: str) -> None:
    path = SHARED / REAL[kind]
    if not path.exists():
        pytest.skip(f"{path} is not here")
    data = path.read_bytes()
    found = IMPORTERS[kind]((gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8"), path.name)
    few = msgspec.structs.replace(found, items=found.items[::29])
    pack = pack_of(draft_files(MANIFEST, few))
    assert isinstance(pack, Pack), pack
    assert tuple(pack.items.values()) == few.items
    assert len(found.items) + len(found.passages) >= {"constitution": 464, "oatutor": 11_500, "upsc": 1_900}[kind]


DAMAGE = [
    *(
        "",
        "\x00",
        "{",
        "}",
        '"',
        "\\",
        "\n\n",
        "---\n",
        ",",
        "=",
        "~%200%",
        "\ud800",
        "\u202e",
        ": ",
        "\t",
        "::",
        "#",
        "é",
    ),
    *("[" * 500, "9" * 400, "- &a *a", "1/0", "$", "\\left(" * 50),
]


def mutated(text: str, generator: random.Random) -> str:
    """A file somebody or something has damaged."""
    for _ in range(generator.randint(1, 4)):
        at, length = generator.randrange(len(text) + 1), generator.choice([1, 1, 2, 8, 60, 400])
        piece = generator.choice([*DAMAGE, text[at : at + length]])
        text = text[:at] + piece + text[at + generator.choice([0, length]) :]
    return text[: generator.randrange(len(text) + 1)] if generator.random() < 0.2 else text


@pytest.mark.parametrize("kind", SOURCES)
def test_damaged_files_are_errors_and_never_half_a_pack(kind: str) -> None:
    damage(kind, 120)


def damage(kind: str, count: int) -> None:
    """Whatever an importer makes of a damaged file is a whole draft: it reads back as the pack it was written as."""
    text = source(kind)
    generator = random.Random(kind)
    for _ in range(count):
        found = IMPORTERS[kind](mutated(text, generator), "damaged")
        pack = pack_of(draft_files(MANIFEST, found))
        assert isinstance(pack, Pack), pack
        assert tuple(pack.items.values()) == found.items
        assert tuple(pack.passages.values()) == found.passages


@pytest.mark.parametrize("name", list(FILES))
def test_damaged_files_of_a_pack_are_errors(name: str) -> None:
    damage_pack(name, 60)


def damage_pack(name: str, count: int) -> None:
    generator = random.Random(name)
    for _ in range(count):
        found = pack_of({**FILES, name: mutated(FILES[name], generator)})
        if isinstance(found, list):
            assert found
            assert all(error.message and error.file for error in found)
        else:
            again = pack_of(pack_files(found))
            assert isinstance(again, Pack), again
            assert msgspec.structs.replace(again, places={}) == msgspec.structs.replace(found, places={})
