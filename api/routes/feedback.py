"""`POST /api/feedback`: was an answer of use?"""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.auth import AskerOf
from api.openapi import problems
from api.parts import PartsOf
from api.problems import not_found
from api.schemas import FeedbackIn

router = APIRouter(tags=["questions"])


@router.post(
    "/api/feedback",
    status_code=204,
    response_class=Response,
    responses=problems(400, 401, 403, 404, 408, 413, 422, 429, 500, 503),
    summary="Say whether an answer helped",
)
def feedback(body: FeedbackIn, parts: PartsOf, asker: AskerOf) -> Response:
    """An answer that the audit does not know is 404; without an audit only the count is kept."""
    audit = parts.service.audit
    if audit is not None and not audit.records.add_feedback(body.answer_id, body.helpful, body.comment, asker.name):
        raise not_found("answer with this id")
    parts.metrics.feedback.labels(str(body.helpful).lower()).inc()
    return Response(status_code=204)
