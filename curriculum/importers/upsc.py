"""Tables of questions of the Union Public Service Commission's papers, as github.com/mous9270/upsc has them.

Keys of such collections are their editors', not the Commission's. A question that judges numbered statements becomes
a single choice all the same: whether each statement holds is not in the table.
"""

import re
from typing import Final

import msgspec

from curriculum.importers.draft import Draft, Drafting, clean, flat
from curriculum.importers.table import item_of, rows

_YEAR: Final = re.compile(r"\(?(?:19|20)\d\d\)?")
_PAPERS: Final = {"GS1": "General Studies Paper I", "GS2": "CSAT"}


def read_upsc(text: str, file: str) -> Draft:
    """The questions of a table; those with an image or without key are left out."""
    drafting = Drafting(file)
    papers = _extra(text)
    for line, written in rows(text, drafting):
        more = papers.get(flat(written.get("question", "")), {})
        row = {name: clean(cell.replace("\\n", "\n")) for name, cell in written.items()}
        if more.get("image"):
            drafting.leave(line, row.get("question", ""), "needs an image")
            continue
        row["question"] = clean(re.sub(r"\s*\((?:19|20)\d\d\)", "", row.get("question", "")))
        paper = _PAPERS.get(more.get("paper", ""), more.get("paper", ""))
        row["source"] = flat(f"UPSC Civil Services (Preliminary) {more.get('year', '')} {paper}")
        made = item_of(row, drafting)
        if isinstance(made, str):
            drafting.leave(line, row["question"], made)
        else:
            drafting.item(msgspec.structs.replace(made, hints=()))
    return drafting.done()


def _extra(text: str) -> dict[str, dict[str, str]]:
    """Paper, year and image of each question: columns that other tables do not have."""
    import csv
    import io

    found: dict[str, dict[str, str]] = {}
    try:
        for row in csv.DictReader(io.StringIO(text, newline=""), strict=True):
            question = flat(clean(row.get("Question") or ""))
            year = (row.get("Year") or "").strip()
            found[question] = {
                "paper": (row.get("Paper") or "").strip(),
                "year": year if _YEAR.fullmatch(year) else "",
                "image": (row.get("Image Url") or "").strip(),
            }
    except csv.Error:
        pass
    return found
