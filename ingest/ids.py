"""Document ids: the slug of a file's stem."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import PurePosixPath


def document_id(source: str) -> str:
    """Lower case, every other run of characters one hyphen: `A/Notice (2).TXT` is `notice-2`.

    Marks are dropped from Latin letters; letters of other scripts stay.  A stem with neither letter nor digit
    gets an id from its digest.
    """
    stem = PurePosixPath(source.replace("\\", "/")).stem
    plain = "".join(c for c in unicodedata.normalize("NFKD", stem) if not unicodedata.combining(c))
    slug = re.sub(r"[^\w]+|_+", "-", plain.lower()).strip("-")
    return slug or "document-" + hashlib.sha256(stem.encode("utf-8", "surrogatepass")).hexdigest()[:8]
