"""Outlook messages (.msg)."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.raw import Attachment, RawDocument
from ingest.readers.html import html_document
from ingest.readers.mail import compose_mail
from ingest.readers.text import normalised


def read_msg(content: bytes, path: Path | str, limits: Limits) -> RawDocument:
    """Read an Outlook message.  Raises ReadError when it is damaged."""
    from oxmsg import Message

    try:
        message: Any = Message.load(io.BytesIO(content))
        sent = message.sent_date
        headers = {
            "From": message.sender or "",
            "To": "; ".join(str(one.name or one.email_address) for one in message.recipients),
            "Date": f"{sent.day} {sent:%B %Y %H:%M}" if sent else "",
            "Subject": message.subject or "",
        }
        body = message.body or ""
        if not body.strip() and message.html_body:
            body = html_document(message.html_body, limits).text
        attachments = [
            Attachment(str(one.file_name or "attachment"), one.file_bytes)
            for one in message.attachments
            if one.file_bytes
        ]
    except Exception as error:
        raise ReadError(path, "it is a damaged Outlook message; save it as .eml or PDF and try again") from error
    clean = {name: " ".join(value.split()) for name, value in headers.items()}
    return compose_mail(clean, normalised(body), attachments)
