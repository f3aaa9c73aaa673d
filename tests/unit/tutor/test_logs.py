"""Log lines hold no text of callers unless that is asked for, whoever writes them and whatever goes wrong."""

import json
import subprocess
import sys
from typing import Any

import pytest

SCRIPT = """
import logging, structlog
from tutor.logs import configure

configure({level!r}, "json", text={text})
log = structlog.get_logger("pramana.test")
log.info("asked", question="Zwetschgen", text="Zwetschgen", count=3)
log.debug("quiet")
try:
    try:
        raise ValueError("Zwetschgen")
    except ValueError as error:
        raise ExceptionGroup("Zwetschgen", [KeyError("Zwetschgen")]) from error
except ExceptionGroup:
    log.exception("failed")
    logging.getLogger("library").exception("failed too")
"""


def lines(*, text: bool, level: str = "info") -> list[dict[str, Any]]:
    script = SCRIPT.format(level=level, text=text)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert not done.stdout
    return [json.loads(line) for line in done.stderr.splitlines()]


def test_lines_hold_no_text() -> None:
    asked, *failed = lines(text=False)
    assert (asked["event"], asked["count"], asked["level"], asked["logger"]) == ("asked", 3, "info", "pramana.test")
    assert len(failed) == 2
    for line in failed:
        told = line["exception"].splitlines()
        assert {"ExceptionGroup", "KeyError", "ValueError"} <= set(told)
        assert "Zwetschgen" not in [part for part in told if not part.startswith("    ")]
    assert "Zwetschgen" not in json.dumps(asked)


def test_lines_hold_texts_where_that_is_asked_for() -> None:
    asked, failed, _ = lines(text=True)
    assert asked["question"] == "Zwetschgen"
    assert "ValueError: Zwetschgen" in failed["exception"]


@pytest.mark.parametrize(("level", "count"), [("debug", 4), ("info", 3), ("error", 2)])
def test_levels_are_kept(level: str, count: int) -> None:
    assert len(lines(text=False, level=level)) == count
