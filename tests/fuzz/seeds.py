"""Small whole files of every format, which fuzzing starts from, by group of readers."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

from tests.ingest.documents import Words, column, make_docx, make_pdf, word_numbering, word_paragraph, word_table
from tests.ingest.outlook import make_msg
from tests.ingest.scans import joined, saved

_TEXT = (
    "DEPARTMENT FOR PLANS\n\nTo: Alder Council\n\n7 June 2021\n\n1. One:\n (a) two\n\n (b) three by 1 May 2022\n"
    "1.1 x\n\nAnnex A\n\n1. y | z\n• a bullet\n\n“Quoted – text” of £1,200.\n\nSigned:\nA B\nDirector\n"
)
_MARKDOWN = (
    "# Notice\n\n## Part *one*\n\n1. Act **now**\n   - a\n   - b\n\n| a | b |\n|---|---|\n| c | d |\n\n> quoted\n"
)
_HTML = (
    "<!doctype html><html><head><title>T</title><meta charset=utf-8><style>p{x:y}</style></head><body><nav>n<a href=#>x"
    "</a></nav><main><h1>T</h1><p>a<br>b &amp; c &#8217;</p><ol type=i start=3><li>x<table><tr><th rowspan=2>1<td>2"
    "</tr><tr><td colspan=3>3</table></ol><dl><dt>a<dd>b</dl><blockquote>q<sup><a href='#f'>1</a></sup>"
    "</blockquote></main><footer>f</footer><script>s</script></body></html>"
)
_MAIL = """\
Message-ID: <1@b>
From: =?utf-8?q?A=2E_B?= <a@b>
To: c@d
Date: Mon, 7 Jun 2021 10:15:00 +0100
Subject: =?utf-8?b?eA==?=
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: multipart/alternative; boundary=c

--c
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Dear Bob=2C

1. Words

> older words
--c
Content-Type: text/html

<p>Dear <b>Bob</b></p>
--c--
--b
Content-Type: text/plain; name="=?utf-8?q?p=6Can=2Etxt?="
Content-Disposition: attachment; filename*=utf-8''p%20.txt
Content-Transfer-Encoding: base64

MS4gQWN0Lg==
--b
Content-Type: message/rfc822

Subject: y

z
--b--
"""


def seeds(group: str) -> Sequence[bytes]:
    """The files of a group; they are the same at every call."""
    return _GROUPS[group]()


def _pdfs() -> list[bytes]:
    text = make_pdf(
        [[*column(["1. First words of it.", "(a) an item", "", "2. More"]), Words(72, 40, "Head", 18, True)]] * 2,
        rules=[
            (60, 300, 400, 300),
            (60, 340, 400, 340),
            (60, 300, 60, 340),
            (200, 300, 200, 340),
            (400, 300, 400, 340),
        ],
    )
    return [text, joined(text, saved([_page()], "PDF")), saved([_page()], "PDF")]


def _words() -> list[bytes]:
    numbers = word_numbering([("decimal", "%1."), ("lowerLetter", "(%2)")])
    body = word_paragraph("1. One", number=(1, 0)) + word_paragraph("two", number=(1, 1), bold=True)
    table = word_table([["a", "b"], ["c", "d"]])
    return [make_docx(body + table, parts={"word/numbering.xml": numbers}), make_docx(word_paragraph("words\nmore"))]


def _messages() -> list[bytes]:
    attached = make_msg(attachments=[("plan.txt", b"1. Act."), ("Minutes", None)])
    return [attached, make_msg(body=None, html=b"<p>Dear <b>Bob</b></p>")]


def _page() -> Image.Image:
    page = Image.new("L", (120, 160), 255)
    for n in range(6):
        ImageDraw.Draw(page).rectangle((20, 20 + 20 * n, 100 - 7 * n, 24 + 20 * n), fill=20 * n)
    return page


def _pictures() -> list[bytes]:
    out = io.BytesIO()
    _page().convert("P").save(out, "PNG")
    packed = io.BytesIO()
    _page().convert("1").save(packed, "TIFF", compression="group4")
    forms = [saved([_page()], form) for form in ("PNG", "TIFF", "JPEG", "GIF", "BMP")]
    return [*forms, saved([_page(), _page()], "TIFF"), out.getvalue(), packed.getvalue()]


_GROUPS = {
    "pdf": _pdfs,
    "docx": _words,
    "html": lambda: [_HTML.encode(), b'<?xml version="1.0"?>\n' + _HTML.replace("<br>", "<br/>").encode("utf-16")],
    "eml": lambda: [_MAIL.encode(), _MAIL.replace("\n", "\r\n").encode()],
    "msg": _messages,
    "text": lambda: [_TEXT.encode(), _MARKDOWN.encode(), _TEXT.encode("utf-16"), _TEXT.encode("cp1252")],
    "image": _pictures,
}
GROUPS = tuple(_GROUPS)
