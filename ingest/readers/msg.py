"""Outlook messages (.msg)."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.raw import Attachment, RawDocument
from ingest.readers.html import html_document
from ingest.readers.mail import compose_mail
from ingest.readers.text import normalised

_SHORT_NAME = 0x3704  # the property of an attachment that holds its name in eight letters and three
_RICH_TEXT = 0x1009  # the property of a message that holds its body packed as RTF


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
        rich = not body.strip() and bool(message.properties.binary_prop_value(_RICH_TEXT))
        inside = [
            (str(one.file_name or _short_name(one) or "attachment"), one.file_bytes) for one in message.attachments
        ]
    except Exception as error:
        raise ReadError(path, "it is a damaged Outlook message; save it as .eml or PDF and try again") from error
    clean = {name: " ".join(value.split()) for name, value in headers.items()}
    attachments = [Attachment(name, held) for name, held in inside if held]
    notes = [
        f"the attachment “{name}” was not read: save it as a file of its own" for name, held in inside if held is None
    ]
    if rich:
        notes.append("its body is rich text alone and was not read: save it as .eml or PDF")
    return replace(compose_mail(clean, normalised(body), attachments), notes=tuple(notes))


def _short_name(attachment: Any) -> str:
    return str(attachment.properties.str_prop_value(_SHORT_NAME) or "")
