"""Outlook messages, as the library that unpacks them gives them."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import oxmsg
import pytest

from ingest.clauses import split
from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.readers.msg import read_msg
from ingest.sniff import Format, sniff

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def test_a_message_is_read_as_an_e_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    message = SimpleNamespace(
        sender="Ann Smith <ann@example.org>",
        recipients=[SimpleNamespace(name="Bob Jones", email_address="bob@example.org")],
        sent_date=datetime(2021, 6, 7, 10, 15, tzinfo=UTC),
        subject="Improvement plan",
        body="Dear Bob\r\n\r\nPlease send us the plan.\r\n\r\nKind regards\r\n\r\nAnn Smith\r\n",
        html_body=None,
        attachments=[SimpleNamespace(file_name="plan.txt", file_bytes=b"1. Act.")],
    )
    monkeypatch.setattr(oxmsg.Message, "load", lambda stream: message)
    raw = read_msg(OLE, "a.msg", Limits())
    assert [c.label for c in split(raw)] == ["letterhead", "addressee", "title", "para 1", "signature"]
    assert raw.metadata["date"] == "7 June 2021 10:15"
    assert [attachment.name for attachment in raw.attachments] == ["plan.txt"]


def test_a_damaged_message_says_so() -> None:
    content = OLE + "__properties_version1.0".encode("utf-16-le")
    assert sniff(content) is Format.MSG
    with pytest.raises(ReadError, match="damaged Outlook message"):
        read_msg(content, "a.msg", Limits())
