"""Items as a table: comma-separated values that `importers.table` reads."""

import csv
import io
from collections.abc import Iterable
from fractions import Fraction

from curriculum.choices import LETTERS, choices, right_letters
from curriculum.exporters.exported import Exported
from curriculum.items import Expression, Item, MultipleChoice, Numeric, ShortAnswer, SingleChoice, Steps


def write_table(items: Iterable[Item]) -> Exported:
    """One row for each choice, number, expression and short answer."""
    rows: list[dict[str, str]] = []
    left: list[tuple[str, str]] = []
    for item in items:
        row = _row(item)
        if row is None:
            left.append((item.id, "a table has no questions of this type"))
        else:
            rows.append(row)
    most = max((sum(letter in row for letter in LETTERS) for row in rows), default=0)
    columns = ["id", "type", "passage", "question", *LETTERS[:most], "answer", "tolerance", "unit", "explanation",
               "skills", "source", "difficulty", "marks"]  # fmt: skip
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return Exported(out.getvalue(), tuple(left))


def _row(item: Item) -> dict[str, str] | None:
    row = {
        "id": item.id,
        "passage": item.context,
        "question": item.stem,
        "explanation": item.explanation,
        "skills": ";".join(item.skills),
        "source": item.source,
        "difficulty": str(item.difficulty or ""),
        "marks": str(item.marks) if item.marks != Fraction(1) else "",
    }
    match item:
        case Steps():
            return None
        case Numeric():
            row |= {"answer": item.value, "unit": item.unit, "type": "numeric"}
            if item.tolerance is not None:
                share = item.tolerance.amount * (100 if item.tolerance.relative else 1)
                row["tolerance"] = f"{share}{'%' if item.tolerance.relative else ''}"
        case Expression():
            row |= {"answer": item.value, "type": "expression"}
        case ShortAnswer():
            if any("|" in text for text in item.accepted):
                return None
            row |= {"answer": "|".join(item.accepted), "type": "short_answer"}
        case _:
            options, right = choices(item), right_letters(item)
            if not isinstance(item, SingleChoice | MultipleChoice):
                return None
            row |= {letter: option.text for letter, option in zip(LETTERS, options, strict=False)}
            row["answer"] = ", ".join(sorted(right))
            row["type"] = "multiple_choice" if isinstance(item, MultipleChoice) else "single_choice"
    return row
