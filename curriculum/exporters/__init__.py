"""Parts of a pack in other formats. Pure: values in, text and what could not be said in the format out.

A format is one file and one row of `EXPORTERS`.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from curriculum.exporters.exported import Exported
from curriculum.exporters.gift import write_gift
from curriculum.exporters.oatutor import write_oatutor
from curriculum.exporters.pack_files import draft_files, pack_files
from curriculum.exporters.table import write_table
from curriculum.items import Item

EXPORTERS: Final[Mapping[str, Callable[[Iterable[Item]], Exported]]] = {
    "csv": write_table,
    "gift": write_gift,
    "oatutor": write_oatutor,
}

__all__ = ["EXPORTERS", "Exported", "draft_files", "pack_files"]
