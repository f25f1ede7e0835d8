"""The printed pieces of a PDF page: runs of text and ruled lines, with their places.

Lengths are in points; `top` and `bottom` grow downwards from the page's upper edge.
"""

from __future__ import annotations

import ctypes
import unicodedata
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

MAX_GLYPHS = 60_000  # on one page; more is no page of text
MAX_PATHS = 4_000
_THIN = 2.5
_CLOSE = 0.14  # of the size: a gap inside a word
_DOT = (1.5, 8.0)  # how wide and high a bullet is that is drawn, not written
_SPACES = frozenset({0, 9, 10, 13, 32, 0xA0})


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs that stand side by side on one base line."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool

    @property
    def top(self) -> float:
        return self.base - 0.8 * self.size

    @property
    def bottom(self) -> float:
        return self.base + 0.25 * self.size


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line; `across` when it is horizontal, at `at`, from `start` to `end`."""

    across: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A small shape as wide as it is high, from `x0` to `x1`; `middle` is how far down it stands."""

    x0: float
    x1: float
    middle: float


@dataclass(frozen=True, slots=True)
class PageParts:
    """What is printed on one page.  `pictured` is the share of it that images cover, at most 1."""

    width: float
    height: float
    runs: tuple[Run, ...]
    rules: tuple[Rule, ...]
    images: int
    pictured: float
    dots: tuple[Dot, ...] = ()


def page_parts(page: pdfium.PdfPage) -> PageParts:
    """Read one page.  Never fails on odd glyphs; raises what pdfium raises on a damaged page."""
    width, height = page.get_size()
    left, bottom, right, top = page.get_bbox()
    del right, bottom
    text_page = page.get_textpage()
    try:
        runs = _runs(text_page, left, top)
    finally:
        text_page.close()
    rules, dots, images = _drawn(page, left, top)
    pictured = sum(images) / max(width * height, 1.0)
    return PageParts(width, height, tuple(runs), tuple(rules), len(images), min(pictured, 1.0), tuple(dots))


# the same function, but giving a plain address: making a pointer of it for every glyph takes most of the time
_text_object = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(pdfium_c.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)


class _Fonts:
    """Weight and angle of each text object, asked for once."""

    def __init__(self, text_page: pdfium.PdfTextPage) -> None:
        self.raw = text_page.raw
        self.known: dict[int, tuple[bool, bool]] = {}

    def of(self, key: int, i: int) -> tuple[bool, bool]:
        """Whether glyph `i` of the text object at `key` is bold, and whether it is upright."""
        found = self.known.get(key)
        if found is None:
            found = (self._bold(i), abs(pdfium_c.FPDFText_GetCharAngle(self.raw, i)) < 0.1)
            self.known[key] = found
        return found

    def _bold(self, i: int) -> bool:
        text_object = pdfium_c.FPDFText_GetTextObject(self.raw, i)
        if not text_object:
            return False
        if pdfium_c.FPDFText_GetFontWeight(self.raw, i) >= 600:
            return True
        font = pdfium_c.FPDFTextObj_GetFont(text_object)
        if not font:
            return False
        size = pdfium_c.FPDFFont_GetBaseFontName(font, None, 0)
        if not 0 < size < 400:
            return False
        name = ctypes.create_string_buffer(size)
        pdfium_c.FPDFFont_GetBaseFontName(font, name, size)
        lowered = name.value.lower()
        return any(word in lowered for word in (b"bold", b"black", b"heavy", b"semibold", b"demi"))


def _runs(text_page: pdfium.PdfTextPage, left: float, top: float) -> list[Run]:
    # one round for each glyph of the document: names are local and calls few on purpose
    raw = text_page.raw
    fonts = _Fonts(text_page)
    box, x, y = pdfium_c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    to_box, to_x, to_y = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    unicode_of, box_of = pdfium_c.FPDFText_GetUnicode, pdfium_c.FPDFText_GetLooseCharBox
    origin_of = pdfium_c.FPDFText_GetCharOrigin
    done: list[Run] = []
    printed: set[tuple[str, int, int]] = set()  # bold is sometimes the same words printed twice
    letters: list[str] = []
    known: dict[int, str] = {}
    start = edge = line = height = before = 0.0
    heavy = bold = upright = False
    last_key, last_code = -1, -1

    def close() -> None:
        text = " ".join("".join(letters).split())
        place = (text, round(start / 2), round(line / 2))
        if text and place not in printed:
            printed.add(place)
            done.append(Run(text, start, edge, line, height, heavy))
        letters.clear()

    for i in range(min(text_page.count_chars(), MAX_GLYPHS)):
        code = unicode_of(raw, i)
        if code in _SPACES:
            if letters and letters[-1] != " ":
                letters.append(" ")
            continue
        if not box_of(raw, i, to_box) or not origin_of(raw, i, to_x, to_y):
            continue
        x0, x1, base, size = box.left - left, box.right - left, top - y.value, abs(box.top - box.bottom)
        key = _text_object(raw, i)
        if key != last_key:
            last_key = key
            bold, upright = fonts.of(key or 0, i)
        if not upright or not 0.5 < size < 400:
            continue
        if code == last_code and letters and abs(x0 - before) < 0.4 * (x1 - x0) and abs(base - line) < 0.2 * size:
            continue  # the same glyph printed over itself
        gap = x0 - edge
        if (
            letters
            and abs(base - line) <= 0.2 * size
            and abs(size - height) <= 0.15 * size
            and -0.6 * size <= gap <= size
            and (bold == heavy or gap < 0.6 * size)
        ):
            if gap > 0.18 * size and letters[-1] != " ":
                letters.append(" ")
        elif (
            letters
            and abs(base - line) <= 0.02 * size
            and -0.2 * size <= gap <= _CLOSE * size
            and 0.6 * height <= size <= height / 0.6
            and letters[-1][-1].isalpha()
            and _is_letter(code)
        ):
            # a glyph of another font inside a word, as ligatures often are: its size says nothing of the word's
            height = max(height, size)
        else:
            close()
            start = edge = x0
            line, height, heavy = base, size, bold
        if len(letters) == 2 and not letters[0].isalpha():
            height, heavy = size, bold  # a bullet's own size says nothing of the words after it
        letter = known.get(code)
        if letter is None:
            letter = known[code] = _letter(code)
        letters.append(letter)
        if x1 > edge:
            edge = x1
        before, last_code = x0, code
    close()
    return done


def _is_letter(code: int) -> bool:
    return code < 0x110000 and not 0xD800 <= code <= 0xDFFF and chr(code).isalpha()


def _letter(code: int) -> str:
    """The character, ligatures taken apart; white space and control characters as a space."""
    if code in (0xFFFE, 0x2, 0xAD):  # how the library tells a hyphen at the end of a line
        return "\xad"
    try:
        letter = chr(code)
    except (ValueError, OverflowError):
        return "\ufffd"
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    if 0xFB00 <= code <= 0xFB06:
        return unicodedata.normalize("NFKC", letter)
    if letter.isspace() or unicodedata.category(letter) == "Cc":
        return " "
    return letter


def _drawn(page: pdfium.PdfPage, left: float, top: float) -> tuple[list[Rule], list[Dot], list[float]]:
    """The ruled lines of a page, its dots, and the area of each image."""
    rules: list[Rule] = []
    dots: list[Dot] = []
    images: list[float] = []
    for n, item in enumerate(page.get_objects(max_depth=3)):
        if n > MAX_PATHS:
            break
        if item.type not in (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_PATH):
            continue
        try:
            x0, y0, x1, y1 = item.get_bounds()
        except pdfium.PdfiumError:
            continue
        if item.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            images.append((x1 - x0) * (y1 - y0) * _grown(item))
            continue
        x0, x1, y0, y1 = x0 - left, x1 - left, top - y1, top - y0
        if y1 - y0 <= _THIN and x1 - x0 > 8:
            rules.append(Rule(True, (y0 + y1) / 2, x0, x1))
        elif x1 - x0 <= _THIN and y1 - y0 > 5:
            rules.append(Rule(False, (x0 + x1) / 2, y0, y1))
        elif x1 - x0 > 20 and y1 - y0 > 8:
            rules += [Rule(True, y0, x0, x1), Rule(True, y1, x0, x1), Rule(False, x0, y0, y1), Rule(False, x1, y0, y1)]
        elif _DOT[0] <= x1 - x0 <= _DOT[1] and abs((x1 - x0) - (y1 - y0)) < 0.2 * (x1 - x0):
            dots.append(Dot(x0, x1, (y0 + y1) / 2))
    return rules, dots, images


def _grown(item: pdfium.PdfObject) -> float:
    """How much larger an object's area is on the page than in the forms that it is drawn in."""
    grown = 1.0
    while (item := item.container) is not None:
        matrix = item.get_matrix()
        grown *= abs(matrix.a * matrix.d - matrix.b * matrix.c)
    return grown
