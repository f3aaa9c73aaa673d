"""The checker as tools of the Model Context Protocol: check, compare, entail, over standard input and output.

Nothing is kept of what is asked. Each tool says in words what it found, and beside them the whole JSON that the command
line gives.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.metadata import version
from typing import Annotated, Any, Final, Literal

import msgspec
from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field

from tutor.deductions import claim_of
from tutor.main import make_cache, make_dispatcher
from tutor.settings import Settings
from verifiers.comparison import CompareOptions
from verifiers.logic.documents import Document, read_document
from verifiers.rows import ReportRow, decode_row
from verifiers.verdicts import Checked, encode
from workers.errors import WorkersError
from workers.principal import LOCAL
from workers.service import CheckService, ServiceConfig
from workers.work import Answer

MOST_CHARACTERS: Final = 200_000
_READING: Final = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
_INSTRUCTIONS: Final = (
    "Checks claims exactly: arithmetic, algebra, calculus, units, dates, logic and more. Give `check` an answer with"
    " its question before you rely on it: a refuted claim comes with a witness, an undecided one with the reason;"
    " `unchecked` means that nothing in it could be checked, not that it is right."
)

Text = Annotated[str, Field(max_length=MOST_CHARACTERS)]


def make_server(settings: Settings) -> MCPServer[None]:
    """The server, whose services run as long as it does."""
    held: list[CheckService] = []

    @asynccontextmanager
    async def running(_server: MCPServer[None]) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            dispatcher, cache = make_dispatcher(settings), make_cache(settings)
            stack.push_async_callback(cache.close)
            await dispatcher.start()
            stack.push_async_callback(dispatcher.close)
            config = ServiceConfig(budget=settings.budget, clocks=settings.clocks)
            held.append(CheckService(dispatcher, cache, config))
            stack.push_async_callback(held[0].close)
            yield

    server = MCPServer[None](
        "pramana", version=version("pramana"), instructions=_INSTRUCTIONS, lifespan=running, log_level="WARNING"
    )

    @server.tool(annotations=_READING)
    async def check(
        answer: Annotated[Text, Field(description="The answer to check, in plain text, Markdown or LaTeX.")],
        question: Annotated[Text, Field(description="The question it answers; much is only checked with it.")] = "",
    ) -> CallToolResult:
        """Finds the claims of an answer and checks each: supported, refuted with a witness, or undecided."""
        row = await _told(held[0].check(Answer(steps=(answer,), question=question), LOCAL))
        return _result(report_in_words(decode_row(row)), row)

    @server.tool(annotations=_READING)
    async def compare(
        gold: Annotated[Text, Field(description="The right final answer, or a text that gives it.")],
        pred: Annotated[Text, Field(description="The final answer to compare, or a text that gives it.")],
    ) -> CallToolResult:
        """Says whether two final answers are the same: equal, different or undecided."""
        found = await _told(held[0].compare(gold, pred, CompareOptions()))
        return _result(f"{found.label}: {found.reason}", encode(found))

    @server.tool(annotations=_READING)
    async def entail(
        document: Annotated[
            Text,
            Field(
                description="Premises and a conclusion: one first-order sentence a line, as in `forall x (Poet(x) ->"
                " Dreamer(x))`, the conclusion behind `therefore`; or SMT-LIB 2."
            ),
        ],
        modality: Annotated[Literal["is", "must", "can"], Field(description="What is said of the conclusion.")] = "is",
    ) -> CallToolResult:
        """Decides whether a conclusion follows from premises, is excluded by them, or is left open; without one,
        whether the premises are consistent.
        """
        read = read_document(document)
        if not isinstance(read, Document):
            raise ToolError("\n".join(map(str, read)))
        (checked,) = await _told(held[0].decide([claim_of(read, modality)], LOCAL))
        return _result(_checked_in_words(checked), encode(checked))

    return server


def report_in_words(row: ReportRow) -> str:
    """The label, then a line for each claim and remark."""
    lines = [f"{row.label.value}: {row.decided} of {len(row.claims)} claims decided"]
    for claim in row.claims:
        why = claim.evidence.text if claim.evidence else claim.detail
        lines.append(f"- {claim.label.value} ({claim.reason.value.replace('_', ' ')}): “{claim.text}” {why}".rstrip())
    lines += [f"- remark: {remark.text}" for remark in row.remarks]
    return "\n".join(lines)


def _checked_in_words(checked: Checked) -> str:
    verdict = checked.verdict
    why = verdict.evidence.text if verdict.evidence else verdict.detail
    return f"{verdict.label.value} ({verdict.reason.value.replace('_', ' ')}): {why}"


async def _told(asked: Any) -> Any:
    try:
        return await asked
    except WorkersError as error:
        raise ToolError(str(error)) from error


def _result(words: str, data: bytes) -> CallToolResult:
    return CallToolResult(content=[TextContent(text=words)], structured_content=msgspec.json.decode(data))
