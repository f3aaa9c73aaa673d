"""Tables of figures on standard output, and the quantiles in them."""

from collections.abc import Sequence
from statistics import quantiles


def print_table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Aligned columns, the first one to the left."""
    cells = [list(map(str, header)), *(list(map(_cell, row)) for row in rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(header))]
    for row in cells:
        first, *rest = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join([first.strip().ljust(widths[0]), *rest]).rstrip())


def _cell(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def percentile(values: Sequence[float], share: int) -> float:
    """The `share`-th percentile, inclusive method."""
    if len(values) == 1:
        return values[0]
    return quantiles(values, n=100, method="inclusive")[share - 1]
