"""`pramana mcp` as the official SDK's own client meets it, over standard input and output."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp_types import CallToolResult, TextContent

from tests.api_server import PRAMANA

T = TypeVar("T")


def with_client(folder: Path, use: Callable[[Client], Awaitable[T]]) -> T:
    parameters = StdioServerParameters(
        command=PRAMANA, args=["mcp"], env={"PATH": os.environ["PATH"], "PRAMANA_HOME": str(folder)}
    )

    async def run() -> T:
        async with Client(parameters, read_timeout_seconds=60) as client:
            return await use(client)

    return asyncio.run(run())


def words(result: CallToolResult) -> str:
    return "\n".join(block.text for block in result.content if isinstance(block, TextContent))


def test_the_tools_say_what_they_take(tmp_path: Path) -> None:
    async def listed(client: Client) -> dict[str, set[str]]:
        tools = (await client.list_tools()).tools
        return {tool.name: set(tool.input_schema["properties"]) for tool in tools}

    assert with_client(tmp_path, listed) == {
        "check": {"answer", "question"},
        "compare": {"gold", "pred"},
        "entail": {"document", "modality"},
    }


def test_each_tool_answers_in_words_and_in_json(tmp_path: Path) -> None:
    async def asked(client: Client) -> list[CallToolResult]:
        document = "forall x (Poet(x) -> Dreamer(x))\nPoet(arun)\ntherefore Dreamer(arun)\n"
        return [
            await client.call_tool(
                "check", {"question": "Solve $x^2 = 7x$.", "answer": "The only solution is $x = 7$."}
            ),
            await client.call_tool("compare", {"gold": "\\frac{1}{2}", "pred": "0.5"}),
            await client.call_tool("entail", {"document": document}),
        ]

    check, compare, entail = with_client(tmp_path, asked)
    assert words(check).startswith("refuted: 1 of 1 claims decided\n- refuted (incomplete): “")
    assert check.structured_content is not None
    assert check.structured_content["claims"][0]["kind"] == "solution"
    assert words(compare) == "equal: same value"
    assert words(entail).startswith("supported (proved): ")
    assert entail.structured_content is not None
    assert entail.structured_content["certificate"]["smtlib"]


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("entail", {"document": "All poets are dreamers."}, "line 1"),
        ("check", {"answer": "x" * 200_001}, "200000"),
        ("check", {}, "answer"),
        ("compare", {"gold": 1, "pred": "1"}, "gold"),
    ],
)
def test_what_cannot_be_read_is_told_to_the_caller(
    tmp_path: Path, tool: str, arguments: dict[str, object], told: str
) -> None:
    async def asked(client: Client) -> CallToolResult:
        return await client.call_tool(tool, arguments)

    result = with_client(tmp_path, asked)
    assert result.is_error
    assert told in words(result)


def test_nothing_is_written_to_the_data_folder(tmp_path: Path) -> None:
    async def asked(client: Client) -> CallToolResult:
        return await client.call_tool("check", {"answer": "2 + 2 = 5"})

    assert not with_client(tmp_path, asked).is_error
    assert not list(tmp_path.iterdir())
