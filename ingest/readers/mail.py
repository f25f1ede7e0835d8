"""E-mail: headers as metadata and as the first lines, the body as the text, attachments as documents of their own."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Sequence
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.raw import Attachment, RawDocument
from ingest.readers.html import html_document
from ingest.readers.mail_quotes import own_words
from ingest.readers.text import normalised

_MAX_ATTACHMENTS = 200


def read_eml(content: bytes, path: Path | str, limits: Limits) -> RawDocument:
    """Read an .eml file.  Raises ReadError when it is no e-mail."""
    try:
        message = email.message_from_bytes(content, policy=email.policy.default)
    except (ValueError, LookupError, RecursionError) as error:
        raise ReadError(path, "it is a damaged e-mail; save it again in the mail program") from error
    if not isinstance(message, EmailMessage):
        raise ReadError(path, "it is a damaged e-mail; save it again in the mail program")
    headers = {name: header(message, name) for name in ("From", "To", "Cc", "Date", "Subject")}
    try:
        body, attachments = _parts(message, limits)
    except (ValueError, LookupError, AttributeError, TypeError, OverflowError, RecursionError) as error:
        raise ReadError(path, "it is a damaged e-mail; save it again in the mail program") from error
    return compose_mail(headers, body, attachments)


def compose_mail(headers: dict[str, str], body: str, attachments: Sequence[Attachment]) -> RawDocument:
    """One text of a mail: who sent it and when, to whom, the subject, and then the body, less the mails it quotes."""
    groups = [("From", "Date"), ("To", "Cc"), ("Subject",)]
    head = "\n\n".join(
        "\n".join(f"{name}: {headers[name]}" for name in group if headers.get(name))
        for group in groups
        if any(headers.get(name) for name in group)
    )
    own = own_words(body, headers.get("Subject", ""))
    text = "\n\n".join(part for part in (head, own.strip("\n")) if part) + "\n"
    metadata = {
        "title": headers.get("Subject", ""),
        "from": headers.get("From", ""),
        "to": headers.get("To", ""),
        "date": headers.get("Date", ""),
    }
    return RawDocument(
        text,
        metadata={name: value for name, value in metadata.items() if value},
        attachments=tuple(attachments),
        format="e-mail",
    )


def header(message: EmailMessage, name: str) -> str:
    """A header in plain words; a date as `7 June 2021 10:15`."""
    try:
        value = str(message.get(name, ""))
    except (ValueError, LookupError, AttributeError, TypeError, OverflowError):
        value = _raw_header(message, name)
    words = " ".join(value.replace("\0", "").split())
    if name == "Date" and words:
        try:
            when = parsedate_to_datetime(words)
        except (ValueError, TypeError, OverflowError):
            return words
        return f"{when.day} {when:%B %Y %H:%M}"
    return words


def _raw_header(message: EmailMessage, name: str) -> str:
    for key, value in message.raw_items():
        if key.lower() == name.lower():
            try:
                return str(make_header(decode_header(str(value))))
            except (ValueError, LookupError):
                return str(value)
    return ""


def _parts(message: EmailMessage, limits: Limits) -> tuple[str, list[Attachment]]:
    """The body and what is attached."""
    plain: list[str] = []
    rich: list[str] = []
    attachments: list[Attachment] = []
    _collect(message, plain, rich, attachments, 0, limits)
    if any(part.strip() for part in plain):
        return "\n\n".join(part.strip("\n") for part in plain if part.strip()), attachments
    texts = [html_document(source, limits).text.strip() for source in rich]
    return "\n\n".join(text for text in texts if text), attachments


def _collect(
    part: EmailMessage, plain: list[str], rich: list[str], attachments: list[Attachment], depth: int, limits: Limits
) -> None:
    if depth > min(limits.depth, 30) or len(attachments) >= _MAX_ATTACHMENTS:
        return
    kind = part.get_content_type()
    if kind == "message/rfc822" and depth:
        inner = part.get_payload()
        if isinstance(inner, list) and inner and isinstance(inner[0], EmailMessage):
            attachments.append(
                Attachment(_safe(header(inner[0], "Subject") or "forwarded") + ".eml", inner[0].as_bytes())
            )
        return
    if part.is_multipart():
        for child in part.iter_parts() if kind.startswith("multipart/") else []:
            if isinstance(child, EmailMessage):
                _collect(child, plain, rich, attachments, depth + 1, limits)
        return
    name, attached = _filename(part), _is_attached(part)
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    if name or attached:
        if content and not (kind.startswith("image/") and not attached):
            attachments.append(Attachment(_safe(name or "attachment"), content))
    elif kind == "text/plain":
        plain.append(_text(part, content))
    elif kind == "text/html":
        rich.append(_text(part, content))


def _filename(part: EmailMessage) -> str:
    try:
        return part.get_filename() or ""
    except (ValueError, LookupError, AttributeError, TypeError, OverflowError):
        return ""


def _is_attached(part: EmailMessage) -> bool:
    try:
        return part.get_content_disposition() == "attachment"
    except (ValueError, LookupError, AttributeError, TypeError, OverflowError):
        return False


def _safe(name: str) -> str:
    """A name without folders and control characters."""
    base = re.split(r"[/\\]", name)[-1]
    return "".join(c if c.isprintable() else " " for c in base).strip(" .")[:150] or "attachment"


def _text(part: EmailMessage, content: bytes) -> str:
    charset = part.get_content_charset() or "utf-8"
    for encoding in (charset, "utf-8", "cp1252", "latin-1"):
        try:
            return normalised(content.decode(encoding))
        except (LookupError, ValueError):
            continue
    return ""
