"""Terms of a subject and what they mean."""

import msgspec

from curriculum.names import read_ids
from curriculum.yaml_file import Reader, Value


class Term(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    term: str
    meaning: str
    skills: tuple[str, ...] = ()


def read_glossary(reader: Reader, value: Value) -> list[tuple[int, Term]]:
    """The terms of a list, each with its line; what is wrong goes to the reader."""
    found: list[tuple[int, Term]] = []
    for item in reader.items(value, "`glossary.yaml`"):
        table = reader.table(item, "a term", ("term", "meaning", "skills"), ("term", "meaning"))
        if table is None:
            continue
        term = reader.text(table.entries.get("term"), "the term")
        meaning = reader.text(table.entries.get("meaning"), "the meaning")
        skills = read_ids(reader, table.entries.get("skills"), "`skills`")
        if term is not None and meaning is not None:
            found.append((item.place.line, Term(term=term, meaning=meaning, skills=skills)))
    return found
