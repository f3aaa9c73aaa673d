"""A pack's folder: what is right is one value, what is wrong is told with file and line, and nothing leads out."""

import json
import os
from datetime import date
from pathlib import Path

import pytest

from curriculum.choices import choices, right_letters
from curriculum.faults import PackError
from curriculum.items import Matching, Numeric, Steps, item_from_json, item_to_json
from curriculum.pack_folder import MOST_FILE
from curriculum.packs import Pack, load_pack, pack_of
from tests.unit.curriculum.small_pack import FILES, write

CASES = json.loads((Path(__file__).parents[2] / "cases" / "pack_errors.json").read_text(encoding="utf-8"))


def loaded() -> Pack:
    pack = pack_of(FILES)
    assert isinstance(pack, Pack), pack
    return pack


def test_a_folder_is_one_value(tmp_path: Path) -> None:
    assert load_pack(write(tmp_path)) == loaded()


def test_everything_has_its_place() -> None:
    pack = loaded()
    assert pack.place("polity/two") == ("passages/polity.md", 13)
    assert pack.place("i/statements") == ("items/all.yaml", 12)
    assert pack.place("t/add") == ("templates/fractions.yaml", 1)


def test_passages_keep_rules_in_their_text_and_are_valid_on_days() -> None:
    passage = loaded().passages["polity/president-term"]
    assert passage.text.endswith("---\nA line after a rule.")
    assert passage.valid_on(date(1950, 1, 26))
    assert not passage.valid_on(date(1950, 1, 25))


def test_keys_that_follow_from_an_item_are_computed() -> None:
    pack = loaded()
    shown = choices(pack.items["i/statements"])
    assert [option.text for option in shown] == ["1 only", "2 only", "Both 1 and 2", "Neither 1 nor 2"]
    assert right_letters(pack.items["i/statements"]) == {"a"}
    assert right_letters(pack.items["i/reason"]) == {"b"}


def test_parts_have_ids_and_skills_of_their_item() -> None:
    steps = loaded().items["i/steps"]
    assert isinstance(steps, Steps)
    assert [part.id for part in steps.parts] == ["i/steps/1", "i/steps/2", "i/steps/3"]
    assert {part.skills for part in steps.parts} == {("fractions.multiply",)}


def test_values_keep_their_writing() -> None:
    item = loaded().items["i/speed"]
    assert isinstance(item, Numeric)
    assert item.value == "3/4"
    pair = loaded().items["i/match"]
    assert isinstance(pair, Matching)
    assert pair.pairs == ((1, "b"), (2, "a"))


def test_items_survive_json() -> None:
    for item in loaded().items.values():
        assert item_from_json(item_to_json(item)) == item


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_errors_name_file_and_line(case: dict[str, object]) -> None:
    change = case["files"]
    assert isinstance(change, dict)
    files = {**FILES, **{name: "\n".join(lines) + "\n" for name, lines in change.items()}}
    errors = pack_of(files)
    assert isinstance(errors, list)
    assert [str(error) for error in errors] == case["errors"]


def test_links_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text(FILES["passages/polity.md"], encoding="utf-8")
    folder = write(tmp_path / "pack")
    (folder / "passages" / "link.md").symlink_to(secret)
    (folder / "items" / "deeper").symlink_to(tmp_path)
    errors = load_pack(folder)
    assert isinstance(errors, list)
    assert [error.file for error in errors] == ["items/deeper", "passages/link.md"]


def test_pipes_are_not_waited_on(tmp_path: Path) -> None:
    folder = write(tmp_path)
    os.mkfifo(folder / "items" / "pipe.yaml")
    assert load_pack(folder) == [PackError("items/pipe.yaml", 0, "is no plain file")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"caf\xe9", ":1: is not UTF-8"),
        (b"fine\n\x00", ":2: holds a NUL"),
        (b"\xff\xfe- \x00", ":1: is not UTF-8"),
    ],
)
def test_files_that_are_no_text_are_errors(tmp_path: Path, data: bytes, said: str) -> None:
    folder = write(tmp_path)
    (folder / "items" / "odd.yaml").write_bytes(data)
    errors = load_pack(folder)
    assert isinstance(errors, list)
    assert said in str(errors[0])


def test_a_large_file_is_not_taken_in(tmp_path: Path) -> None:
    folder = write(tmp_path)
    with (folder / "items" / "large.yaml").open("wb") as file:
        file.truncate(100 * 2**20)
    errors = load_pack(folder)
    assert isinstance(errors, list)
    assert f"larger than {MOST_FILE >> 20} MiB" in str(errors[0])


def test_no_folder_is_an_error(tmp_path: Path) -> None:
    assert isinstance(load_pack(tmp_path / "nowhere"), list)
    (tmp_path / "file").write_text("x")
    assert isinstance(load_pack(tmp_path / "file"), list)


def test_names_of_files_cannot_steer_a_terminal(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "items" / "\x1b[2J.yaml").write_text("- {id: x}\n", encoding="utf-8")
    errors = load_pack(folder)
    assert isinstance(errors, list)
    assert "\x1b" not in str(errors[0])
