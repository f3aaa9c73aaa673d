"""`/v1/jobs`: how far what was accepted is, and its reports."""

from collections.abc import AsyncIterator
from typing import Annotated, Final

import msgspec
from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import StreamingResponse

from tutor.api import bodies
from tutor.api.openapi import json, operation
from tutor.api.principals import Checking
from tutor.api.services import Served, Services
from tutor.api.values import JobList, JobRow
from workers.ledger import ItemReport, Job, JobState
from workers.principal import Principal

router = APIRouter(tags=["batch"])

JobId = Annotated[str, Path(max_length=64, description="The id of the job.")]
_PAGE: Final = 100
_NUMBER: Final = 2**31 - 1


@router.get("/v1/jobs", **operation(says=json(JobList)))
async def jobs(who: Checking, services: Served, limit: Annotated[int, Query(ge=1, le=500)] = 50) -> Response:
    """Jobs, newest first."""
    return bodies.answer(JobList([JobRow.of(job) for job in await services.jobs.jobs(who, limit)]))


@router.get("/v1/jobs/{job_id}", **operation(says=json(JobRow), errors=(404,)))
async def job(job_id: JobId, who: Checking, services: Served) -> Response:
    """How far a job is."""
    return bodies.answer(JobRow.of(await services.jobs.job(job_id, who)))


@router.post("/v1/jobs/{job_id}/cancel", **operation(says=json(JobRow), errors=(404, 409, 507)))
async def cancel(job_id: JobId, who: Checking, services: Served) -> Response:
    """Ends a job; the reports there are stay."""
    return bodies.answer(JobRow.of(await services.jobs.cancel(job_id, who)))


@router.get(
    "/v1/jobs/{job_id}/reports",
    **operation(says={bodies.NDJSON: {"schema": {"type": "string"}}}, errors=(404,)),
)
async def reports(
    job_id: JobId,
    who: Checking,
    services: Served,
    start: Annotated[int, Query(ge=0, le=_NUMBER)] = 0,
    limit: Annotated[int, Query(ge=1, le=100_000)] = 1_000,
) -> Response:
    """Reports of the answers from number `start` on, one a line: those of `pramana check --jsonl`.

    Ends before the first answer that has no report yet, so that line `n` is the report of answer `start + n`; only of
    a cancelled job all there are are given. An erased report is a line with `erased` in it.
    """
    job = await services.jobs.job(job_id, who)
    return StreamingResponse(_lines(services, job, who, start, limit), media_type=bodies.NDJSON)


async def _lines(services: Services, job: Job, who: Principal, start: int, left: int) -> AsyncIterator[bytes]:
    at = start
    while left > 0 and (page := await services.jobs.reports(job.id, who, at, min(left, _PAGE))):
        for report in page:
            if report.n != at and job.state is not JobState.CANCELLED:
                return
            at = report.n + 1
            yield _line(report)
        left -= len(page)


def _line(report: ItemReport) -> bytes:
    if report.row is not None:
        return report.row + b"\n"
    return msgspec.json.encode({"n": report.n, "label": report.label, "erased": True}) + b"\n"
