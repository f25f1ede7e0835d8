"""`POST /api/replay`: an answer of the audit asked again, for `clausewise replay` beside a running service."""

from __future__ import annotations

from fastapi import APIRouter

from api.auth import OwnerOf
from api.openapi import problems
from api.parts import PartsOf
from api.replaying import replay as ask_again
from api.schemas import ReplayIn, ReplayOut

router = APIRouter(tags=["administration"])


@router.post(
    "/api/replay",
    responses=problems(400, 401, 403, 404, 408, 413, 422, 429, 500, 503),
    summary="Ask a question of the audit again",
)
def replay(body: ReplayIn, parts: PartsOf, owner: OwnerOf) -> ReplayOut:
    """For the holder of the data folder alone: it shows what any asker was answered."""
    return ask_again(parts.service, body.answer_id)
