"""Questions and texts in other formats as parts of a pack. Pure: text in, values and what was left out.

A format is one file and one row of `IMPORTERS`.
"""

from collections.abc import Callable, Mapping
from typing import Final

from curriculum.importers.constitution import read_constitution
from curriculum.importers.draft import Draft, LeftOut
from curriculum.importers.gift import read_gift
from curriculum.importers.markdown import read_markdown
from curriculum.importers.oatutor import read_oatutor
from curriculum.importers.table import read_table
from curriculum.importers.upsc import read_upsc

IMPORTERS: Final[Mapping[str, Callable[[str, str], Draft]]] = {
    "constitution": read_constitution,
    "csv": read_table,
    "gift": read_gift,
    "markdown": read_markdown,
    "oatutor": read_oatutor,
    "upsc": read_upsc,
}
"""By format: the text of a file and its name, for messages, to a draft. None of them raises on any text."""

__all__ = ["IMPORTERS", "Draft", "LeftOut"]
