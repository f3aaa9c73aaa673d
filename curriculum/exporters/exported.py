"""What an exporter gives."""

import msgspec


class Exported(msgspec.Struct, frozen=True):
    """`left_out` names the items that the format has no way to say, each with the reason."""

    text: str
    left_out: tuple[tuple[str, str], ...] = ()
