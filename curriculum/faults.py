"""What is wrong with a pack, with the file and line it is wrong in."""

import msgspec

from curriculum.yaml_file import Fault


class PackError(msgspec.Struct, frozen=True, order=True):
    """`file` is relative to the pack's folder; `line` counts from 1, 0 where it is about the whole file."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return "".join(one if one.isprintable() else "?" for one in f"{place}: {self.message}")


def at(file: str, fault: Fault) -> PackError:
    return PackError(file, fault.place.line, fault.message)
