"""One contract for every index of passages; then what files and vectors promise."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from curriculum.index import Entry, Filter, IndexEvidence, MemoryIndex, PassageIndex, SqliteIndex
from curriculum.index.fusion import fused
from curriculum.index.opening import open_index
from tests.postgres import fresh_database

TERM = Entry(
    id="polity:term", pack="polity", source="Constitution of India, Article 56", title="Term of office of President",
    text="The President shall hold office for a term of five years.", skills=("polity.president",),
)  # fmt: skip
OATH = Entry(
    id="polity:oath", pack="polity", source="Constitution of India, Article 60", title="Oath by the President",
    text="Every President shall take an oath before the Chief Justice of India.", skills=("polity.president", "oath"),
)  # fmt: skip
WATER = Entry(id="science:water", pack="science", source="A textbook", text="Water boils at 100 degrees Celsius.")
OLD = Entry(
    id="news:old", pack="news", source="News", text="The repo rate is 6.5 per cent.",
    valid_from=date(2023, 2, 8), valid_until=date(2025, 2, 6),
)  # fmt: skip
NEW = Entry(
    id="news:new", pack="news", source="News", text="The repo rate is 6.25 per cent.", valid_from=date(2025, 2, 7)
)
ALL = [TERM, OATH, WATER, OLD, NEW]


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[PassageIndex]:
    if request.param == "memory":
        yield MemoryIndex()
        return
    if request.param == "sqlite":
        made = open_index(str(tmp_path / "index.db"))
        yield made
        made.close()
        return
    with fresh_database() as url:
        made = open_index(url)
        yield made
        made.close()


def ids(index: PassageIndex, query: str, only: Filter = Filter()) -> list[str]:  # noqa: B008 - frozen
    return [hit.entry.id for hit in index.search(query, 10, only)]


def test_an_empty_index_finds_nothing(index: PassageIndex) -> None:
    assert index.search("the President", 5) == []
    assert index.provision("article:56", 5) == []
    assert index.get(["polity:term"]) == {}


def test_what_is_built_is_found_as_it_was(index: PassageIndex) -> None:
    index.build(ALL)
    assert index.search("for how many years does the President hold office", 1)[0].entry == TERM
    assert index.get(["news:old", "nobody"]) == {"news:old": OLD}
    assert ids(index, "boiling water") == ["science:water"]
    assert ids(index, "the of and") == []
    assert ids(index, "") == []


def test_scores_are_those_of_the_index_in_memory(index: PassageIndex) -> None:
    double = MemoryIndex()
    double.build(ALL)
    index.build(ALL)
    for query in ("President of India", "repo rate per cent", "oath before the Chief Justice", "years"):
        expected = [(hit.entry.id, round(hit.score, 9)) for hit in double.search(query, 10)]
        assert [(hit.entry.id, round(hit.score, 9)) for hit in index.search(query, 10)] == expected


def test_filters(index: PassageIndex) -> None:
    index.build(ALL)
    assert set(ids(index, "President")) == {"polity:term", "polity:oath"}
    assert ids(index, "President", Filter(skill="oath")) == ["polity:oath"]
    assert ids(index, "President", Filter(skill="polity")) == []
    assert ids(index, "President", Filter(pack="science")) == []
    assert ids(index, "repo rate", Filter(on=date(2024, 1, 1))) == ["news:old"]
    assert ids(index, "repo rate", Filter(on=date(2025, 2, 6))) == ["news:old"]
    assert ids(index, "repo rate", Filter(on=date(2025, 2, 7))) == ["news:new"]
    assert ids(index, "repo rate", Filter(on=date(2020, 1, 1))) == []
    assert set(ids(index, "repo rate")) == {"news:old", "news:new"}


def test_provisions_are_found_by_their_number(index: PassageIndex) -> None:
    index.build(ALL)
    assert index.provision("article:56", 5) == [TERM]
    assert index.provision("article:5", 5) == []
    assert index.provision("article:56", 5, Filter(pack="news")) == []


def test_a_build_says_what_it_did_and_does_only_that(index: PassageIndex) -> None:
    first = index.build(ALL)
    assert (first.added, first.changed, first.removed, first.kept) == (5, 0, 0, 0)
    again = index.build(ALL)
    assert (again.added, again.changed, again.removed, again.kept) == (0, 0, 0, 5)
    assert again.version == first.version == index.version
    moved = Entry(id="science:water", pack="science", source="A textbook", text="Ice melts at 0 degrees Celsius.")
    third = index.build([moved, TERM, OATH])
    assert (third.added, third.changed, third.removed, third.kept) == (0, 1, 2, 2)
    assert third.version != first.version
    assert ids(index, "water") == []
    assert ids(index, "melting ice") == ["science:water"]
    assert index.build(reversed(ALL)).version == first.version


def test_a_build_that_fails_changes_nothing(index: PassageIndex) -> None:
    index.build(ALL)
    before = index.version
    with pytest.raises(ValueError, match="polity:term"):
        index.build([WATER, TERM, TERM])

    def broken() -> Iterator[Entry]:
        yield WATER
        raise RuntimeError("the disk is gone")

    with pytest.raises(RuntimeError):
        index.build(broken())
    assert index.version == before
    assert set(ids(index, "President")) == {"polity:term", "polity:oath"}


@pytest.mark.parametrize(
    "text",
    ["'; DROP TABLE entry; --", '"a" OR b*', "NEAR(a b)", "🙂 संविधान", "a\\b:c & | !d", "x" * 5_000],
)
def test_no_query_is_a_command(index: PassageIndex, text: str) -> None:
    index.build([*ALL, Entry(id="odd", pack="odd", source="odd", text=text)])
    index.search(text, 5)
    assert index.get(["odd"])["odd"].text == text
    assert ids(index, "boiling water") == ["science:water"]


def test_readers_see_one_version_while_another_is_built(index: PassageIndex) -> None:
    """Both versions hold the same words, so half of one would show as a wrong number of hits."""
    old = [Entry(id=f"p{n}", pack="old", source="s", text=f"granite {n}") for n in range(60)]
    new = [Entry(id=f"p{n}", pack="new", source="s", text=f"granite {n}") for n in range(60)]
    index.build(old)
    seen: list[set[str]] = []
    done = threading.Event()

    def reads() -> None:
        while not done.is_set():
            hits = index.search("granite", 60)
            seen.append({f"{hit.entry.pack}:{len(hits)}" for hit in hits})

    reader = threading.Thread(target=reads)
    reader.start()
    for _ in range(4):
        index.build(new)
        index.build(old)
    done.set()
    reader.join()
    assert seen
    assert all(one in ({"old:60"}, {"new:60"}) for one in seen)


def test_evidence_begins_with_the_provision_a_statement_names(index: PassageIndex) -> None:
    index.build(ALL)
    source = IndexEvidence(index)
    found = source.passages("Article 60 deals with the term of office of the President.", 2)
    assert [excerpt.source for excerpt in found] == [OATH.source, TERM.source]
    assert found[0] == OATH.excerpt()
    assert source.method == "BM25"
    assert IndexEvidence(index, only=Filter(pack="news")).passages("The President", 3) == []


def test_a_killed_build_leaves_the_old_index(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    held = SqliteIndex(path)
    held.build(ALL)
    before = held.version
    script = (
        "import sys, pathlib\n"
        "from curriculum.index import Entry, SqliteIndex\n"
        "def entries():\n"
        "    for n in range(10**9):\n"
        "        yield Entry(id=f'p{n}', pack='big', source='s', text='granite ' * 50)\n"
        "        if n == 2000: print('half', flush=True)\n"
        f"SqliteIndex(pathlib.Path({str(path)!r})).build(entries())\n"
    )
    building = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
    assert building.stdout
    assert building.stdout.readline() == b"half\n"
    assert held.version == before
    building.send_signal(signal.SIGKILL)
    building.wait()
    building.stdout.close()
    assert held.version == before
    assert ids(held, "granite") == []
    assert held.build([*ALL, Entry(id="g", pack="g", source="s", text="granite")]).added == 1
    held.close()


def test_a_file_that_is_no_index_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    path.write_bytes(b"not a database at all, but long enough to be read as one" * 40)
    with pytest.raises(sqlite3.DatabaseError):
        SqliteIndex(path)


def test_fusion_ranks_what_both_find_first() -> None:
    assert fused(["a", "b", "c"], ["c", "d"])[0] == "c"
    assert fused(["a", "b"], []) == ["a", "b"]
    assert fused() == []


class Letters:
    """An embedder that counts letters."""

    def __init__(self, name: str = "letters") -> None:
        self.name = name
        self.encoded = 0

    def encode(self, texts: Sequence[str]) -> Any:
        numpy = pytest.importorskip("numpy")
        self.encoded += len(texts)
        counts = numpy.array([[text.lower().count(c) + 0.01 for c in "abcdefghijklmnopqrstuvwxyz"] for text in texts])
        return (counts / numpy.linalg.norm(counts, axis=1, keepdims=True)).astype(numpy.float32)


def test_vectors_are_exact_incremental_and_taken_up_by_other_readers(tmp_path: Path) -> None:
    pytest.importorskip("numpy")
    from curriculum.index.dense import DenseIndex

    embedder = Letters()
    built = DenseIndex(tmp_path / "vectors", embedder)
    assert built.ranked("anything", 3) == []
    assert built.build(ALL) == 5
    reader = DenseIndex(tmp_path / "vectors", Letters())
    assert reader.ranked(WATER.text, 2)[0] == "science:water"
    assert len(reader.ranked(WATER.text, 50)) == 5
    other = Entry(id="z", pack="z", source="z", text="zzzz zz zzz")
    assert built.build([*ALL[1:], other]) == 1
    assert reader.ranked("zzz", 1) == ["z"]
    assert "polity:term" not in reader.ranked("term of office", 50)
    assert DenseIndex(tmp_path / "vectors", Letters("another model")).ranked("zzz", 1) == []
    assert len(list((tmp_path / "vectors").glob("*.npy"))) == 1
    # A build that died before its last step left a file that nobody reads.
    (tmp_path / "vectors" / f"vectors-{os.getpid()}-dead.npy").write_bytes(b"half")
    assert reader.ranked("zzz", 1) == ["z"]


def test_evidence_fuses_words_and_meaning(tmp_path: Path) -> None:
    pytest.importorskip("numpy")
    from curriculum.index.dense import DenseIndex

    index = MemoryIndex()
    index.build(ALL)
    vectors = DenseIndex(tmp_path / "vectors", Letters())
    vectors.build(ALL)
    source = IndexEvidence(index, vectors)
    assert "vectors" in source.method
    found = source.passages("Water boils at 100 degrees Celsius.", 5)
    assert found[0].source == "A textbook"
    assert len(found) == 5
    only = IndexEvidence(index, vectors, Filter(pack="science")).passages("Water boils", 5)
    assert [excerpt.source for excerpt in only] == ["A textbook"]
