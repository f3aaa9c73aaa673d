"""An answer on the terminal: each claim marked in place, reasons below. Readable without colour too."""

from rich.console import Console
from rich.text import Text

from verifiers.verdicts import Checked, Label, Report

MARKS = {Label.SUPPORTED.value: "✓", Label.REFUTED.value: "✗", Label.UNDECIDED.value: "?"}
STYLES = {Label.SUPPORTED.value: "green", Label.REFUTED.value: "bold red", Label.UNDECIDED.value: "yellow"}
SHOWN_UNDECIDED = 12
"""Undecided claims whose reasons are listed; the rest are counted."""


def print_report(answer: str, report: Report, console: Console | None = None) -> None:
    """Prints the answer with marks `[1✗]` after each claim, then a line per claim and remark, then the sum."""
    console = console or Console(highlight=False, soft_wrap=True)
    numbers = {id(checked): n for n, checked in enumerate(report.claims, 1)}
    console.print(_annotated(answer, report, numbers))
    console.print()
    undecided = 0
    for checked in report.claims:
        if checked.verdict.label is Label.UNDECIDED:
            undecided += 1
            if undecided > SHOWN_UNDECIDED:
                continue
        console.print(_line(numbers[id(checked)], checked))
    if undecided > SHOWN_UNDECIDED:
        console.print(Text(f"  … and {undecided - SHOWN_UNDECIDED} more undecided", "yellow"))
    for remark in report.remarks:
        console.print(Text(f"  ! {printable(remark.text)}", "cyan"))
    if report.claims or report.remarks:
        console.print()
    console.print(_sum(report))


def printable(text: str) -> str:
    """Control and direction-changing characters made visible, so that no answer can steer the terminal."""
    return "".join(c if c in "\n\t" or c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def _annotated(answer: str, report: Report, numbers: dict[int, int]) -> Text:
    styles: list[str] = [""] * len(answer)
    marks: dict[int, list[tuple[str, str]]] = {}
    for checked in sorted(report.claims, key=lambda c: c.verdict.label is Label.REFUTED):
        span, label = checked.claim.span, checked.verdict.label.value
        for at in range(span.start, min(span.end, len(answer))):
            styles[at] = STYLES[label]
        marks.setdefault(span.end, []).append((f"[{numbers[id(checked)]}{MARKS[label]}]", STYLES[label]))
    text = Text()
    for at in range(len(answer) + 1):
        for mark, style in marks.get(at, ()):
            text.append(mark, style)
        if at < len(answer):
            text.append(printable(answer[at]), styles[at])
    return text


def _line(number: int, checked: Checked) -> Text:
    verdict = checked.verdict
    label = verdict.label.value
    line = Text(f"{number:>3} {MARKS[label]} ", STYLES[label])
    line.append(f"{label}", STYLES[label])
    line.append(f"  {shortened(checked.claim.text)}")
    said = (
        verdict.evidence.text if verdict.evidence else verdict.detail or checked.claim.problem or verdict.reason.value
    )
    reason = verdict.reason.value.replace("_", " ")
    line.append(f"\n      {printable(said)} ({reason})" if said != verdict.reason.value else f"\n      {reason}", "dim")
    return line


def shortened(text: str, width: int = 76) -> str:
    """One printable line of at most `width` characters."""
    flat = printable(" ".join(text.split()))
    return flat if len(flat) <= width else flat[: width - 1] + "…"


def _sum(report: Report) -> Text:
    label = report.label.value
    if not report.claims:
        return Text("unchecked: no claim was found that can be checked.", "yellow")
    counts = {name: sum(c.verdict.label.value == name for c in report.claims) for name in MARKS}
    parts = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    return Text(f"{label}: {len(report.claims)} claims, {parts}.", STYLES.get(label, ""))
