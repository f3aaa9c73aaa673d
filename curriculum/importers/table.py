"""Questions in a table: comma-separated values with a line of headings.

The headings: question; a, b, c … for options, or answers separated by `|` under `answer`; answer; and, if wanted, id,
type, explanation, skills (separated by `;`), source, difficulty, marks, unit, tolerance, passage (a text that the
question is about). They may be written as other tables have them: `Option A`, `Correct Answer`, `Topic`.
"""

import csv
import io
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from curriculum.choices import LETTERS
from curriculum.importers.answer_types import written
from curriculum.importers.draft import Draft, Drafting, clean, distinct_options, flat
from curriculum.items import Item, MultipleChoice, Numeric, ShortAnswer, SingleChoice, Tolerance
from curriculum.numbers import exact_number

_NAMES: Final = {
    "question": "question", "stem": "question", "question text": "question", "answer": "answer", "key": "answer",
    "correct answer": "answer", "correct option": "answer", "correct": "answer", "explanation": "explanation",
    "solution": "explanation", "skill": "skills", "skills": "skills", "topic": "skills", "topics": "skills",
    "source": "source", "difficulty": "difficulty", "marks": "marks", "unit": "unit", "tolerance": "tolerance",
    "id": "id", "passage": "passage", "context": "passage", "type": "type",
}  # fmt: skip
_OPTION: Final = re.compile(r"(?:(?:option|choice)\s*)?\(?([a-l1-9])\)?", re.IGNORECASE)
MOST_ROWS: Final = 200_000


def read_table(text: str, file: str) -> Draft:
    """The questions of a table; rows that cannot be read are left out."""
    drafting = Drafting(file)
    for line, row in rows(text, drafting):
        made = item_of(row, drafting)
        if isinstance(made, str):
            drafting.leave(line, row.get("question", ""), made)
        else:
            drafting.item(made)
    return drafting.done()


def rows(text: str, drafting: Drafting) -> list[tuple[int, dict[str, str]]]:
    """The rows under the names of this importer, each with its line; options under their letters."""
    found: list[tuple[int, dict[str, str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = next(reader, None)
        columns = [_column(name) for name in head or ()]
        if "question" not in columns or "answer" not in columns:
            drafting.leave(1, "", "the first line names no `question` and `answer`")
            return []
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(columns):
                drafting.leave(reader.line_num, cells[0], f"has {len(cells)} cells; the first line has {len(columns)}")
                continue
            row = {name: clean(cell) for name, cell in zip(columns, cells, strict=True) if name and cell.strip()}
            found.append((reader.line_num, row))
            if len(found) >= MOST_ROWS:
                drafting.leave(reader.line_num, "", f"only {MOST_ROWS:,} rows are read")
                break
    except csv.Error as error:
        drafting.leave(reader.line_num, "", f"is no table from here on: {error}")
    return found


def _column(name: str) -> str:
    plain = flat(name).lower().lstrip("\ufeff")
    if plain in _NAMES:
        return _NAMES[plain]
    if found := _OPTION.fullmatch(plain):
        letter = found[1].lower()
        return LETTERS[int(letter) - 1] if letter.isdigit() else letter
    return ""


def item_of(row: Mapping[str, str], drafting: Drafting) -> Item | str:
    """The item of a row, or why there is none."""
    if not row.get("question"):
        return "has no question"
    if not row.get("answer"):
        return "has no answer"
    options = [row[letter] for letter in LETTERS[:12] if letter in row]
    kind = row.get("type", "")
    if kind not in ("", "single_choice", "multiple_choice", "numeric", "expression", "short_answer"):
        return f"there are no rows of type {flat(kind)[:40]}"
    difficulty, marks = row.get("difficulty"), exact_number(row.get("marks", "1"))
    if difficulty is not None and difficulty not in ("1", "2", "3", "4", "5"):
        return f"the difficulty is 1 to 5, not {flat(difficulty)[:20]}"
    if marks is None or not 0 < marks <= 1000:
        return "its marks are no number from 0 to 1000"
    common: dict[str, Any] = {
        "stem": row["question"],
        "context": row.get("passage", ""),
        "explanation": row.get("explanation", ""),
        "skills": tuple(dict.fromkeys(n for t in row.get("skills", "").split(";") for n in drafting.skill(t))),
        "source": flat(row.get("source", "")),
        "difficulty": int(difficulty) if difficulty else None,
        "marks": marks,
    }
    if options:
        return _choice(common, row, options, drafting)
    if "tolerance" in row or "unit" in row or kind == "numeric":
        return _numeric(common, row, drafting)
    answers = [clean(one) for one in row["answer"].split("|") if clean(one)]
    if kind == "short_answer" or len(answers) > 1:
        return ShortAnswer(**common, id=_name(drafting, row), accepted=tuple(dict.fromkeys(answers)))
    common["id"] = _name(drafting, row)
    return written(common, row["answer"], formula=kind in ("", "expression")) or "has no answer"


def _name(drafting: Drafting, row: Mapping[str, str]) -> str:
    return drafting.name(row.get("id") or row["question"], "question")


def _choice(common: dict[str, Any], row: Mapping[str, str], texts: list[str], drafting: Drafting) -> Item | str:
    options = distinct_options(texts)
    letters = [letter for letter in LETTERS[:12] if letter in row]
    if options is None or len(options) < 2 or "".join(letters) != LETTERS[: len(letters)]:
        return "has an empty option, or two that say the same"
    wanted = row["answer"].strip()
    named = [part.strip("() .").lower() for part in re.split(r"[,;&]|\band\b", wanted)]
    if not all(name in letters for name in named):
        same = [letter for letter, text in zip(letters, texts, strict=True) if flat(text) == flat(wanted)]
        if len(same) != 1:
            return f"the answer {flat(wanted)[:40]} is none of the options"
        named = same
    keys = tuple(sorted(set(named)))
    if len(keys) == 1 and row.get("type") != "multiple_choice":
        return SingleChoice(**common, id=_name(drafting, row), options=options, key=keys[0])
    return MultipleChoice(**common, id=_name(drafting, row), options=options, keys=keys)


def _numeric(common: dict[str, Any], row: Mapping[str, str], drafting: Drafting) -> Item | str:
    if exact_number(row["answer"]) is None:
        return f"the answer {flat(row['answer'])[:40]} is no number"
    tolerance = None
    if text := row.get("tolerance"):
        amount = exact_number(text.removesuffix("%"))
        if amount is None or amount < 0:
            return f"the tolerance {flat(text)[:40]} is no number"
        relative = text.endswith("%")
        tolerance = Tolerance(amount / 100 if relative else Fraction(amount), relative)
    return Numeric(
        **common,
        id=_name(drafting, row),
        value=flat(row["answer"]),
        tolerance=tolerance,
        unit=flat(row.get("unit", "")),
    )
