"""Files damaged by chance, the same way for the same number."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence

_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)
_CHUNKS = (
    b"\0",
    b"\n\n",
    b"<",
    b"(a)",
    b"1.",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"&#0;",
    b"%PDF-",
    b"endobj",
    b"|",
    b"\t" * 9,
)
_BOMB = 200_000  # bytes that a file may grow to


def mutated(files: Sequence[bytes], seed: int) -> bytes:
    """One of the files with one to eight wounds; those of a packed file are dealt to a part of it."""
    chance = random.Random(seed)
    content = chance.choice(files)
    if content.startswith(b"PK\x03\x04") and chance.random() < 0.8:
        return _repacked(content, files, chance)
    return _wounded(content, files, chance)


def _wounded(content: bytes, files: Sequence[bytes], chance: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        chance.choice(_WOUNDS)(data, files, chance)
        del data[_BOMB:]
    return bytes(data)


def _repacked(content: bytes, files: Sequence[bytes], chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        hurt = chance.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            new.writestr(zipfile.ZipInfo(name), _wounded(part, [part], chance) if name == hurt else part)
    return out.getvalue()


def _flip(data: bytearray, files: Sequence[bytes], chance: random.Random) -> None:
    for _ in range(chance.randint(1, 4)):
        if data:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _cut(data: bytearray, files: Sequence[bytes], chance: random.Random) -> None:
    start, length = _stretch(data, chance)
    del data[start : start + length]


def _truncate(data: bytearray, files: Sequence[bytes], chance: random.Random) -> None:
    if chance.random() < 0.3:
        del data[chance.randint(0, len(data)) :]


def _splice(data: bytearray, files: Sequence[bytes], chance: random.Random) -> None:
    other = chance.choice(files)
    start, length = _stretch(other, chance)
    at = chance.randint(0, len(data))
    data[at:at] = other[start : start + length]


def _repeat(data: bytearray, files: Sequence[bytes], chance: random.Random) -> None:
    start, length = _stretch(data, chance)
    data[start:start] = data[start : start + length] * chance.choice((1, 2, 10, 100))


def _put(data: bytearray, files: Sequence[bytes], chance: random.Random) -> None:
    at = chance.randint(0, len(data))
    data[at:at] = chance.choice(_CHUNKS) * chance.choice((1, 1, 3, 50))


def _number(data: bytearray, files: Sequence[bytes], chance: random.Random) -> None:
    """A binary number, or one in digits, made an odd one."""
    digits = list(re.finditer(rb"\d+", data))
    if digits and chance.random() < 0.5:
        found = chance.choice(digits)
        data[found.start() : found.end()] = str(chance.choice((*_NUMBERS, -1, 10**12))).encode()
        return
    size = chance.choice((1, 2, 4))
    if len(data) > size:
        at = chance.randrange(len(data) - size)
        value = chance.choice(_NUMBERS) & (256**size - 1)
        data[at : at + size] = value.to_bytes(size, chance.choice(("little", "big")))


def _stretch(data: bytes | bytearray, chance: random.Random) -> tuple[int, int]:
    length = min(len(data), int(2 ** chance.uniform(0, 10)))
    return chance.randint(0, len(data) - length), length


_WOUNDS: tuple[Callable[[bytearray, Sequence[bytes], random.Random], None], ...] = (
    *(_flip, _flip, _cut, _truncate, _splice, _splice, _repeat, _put, _number, _number),
)
