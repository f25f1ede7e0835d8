"""Outlook messages made by hand: an OLE compound file (version 3) with the properties of a mail in it."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR, MINI, CUTOFF = 512, 64, 4096
TEXT, BINARY, TIME, OBJECT = 0x001F, 0x0102, 0x0040, 0x000D

Tree = Mapping[str, "bytes | Tree"]  # a storage: streams and storages by name


def make_msg(
    *,
    subject: str = "Improvement plan",
    sender: tuple[str, str] = ("Ann Smith", "ann@example.org"),
    to: Sequence[tuple[str, str]] = (("Bob Jones", "bob@example.org"),),
    body: str | None = "Dear Bob\r\n\r\nPlease send us the plan.\r\n\r\nKind regards\r\n\r\nAnn Smith\r\n",
    html: bytes | None = None,
    rich: bytes | None = None,
    sent: datetime | None = datetime(2021, 6, 7, 10, 15, tzinfo=UTC),
    attachments: Sequence[tuple[str, bytes | None]] = (),
) -> bytes:
    """A message; an attachment of None is another message, as Outlook attaches one."""
    own: dict[int, tuple[int, bytes]] = {0x0037: _text(subject), 0x0C1A: _text(sender[0]), 0x5D01: _text(sender[1])}
    if body is not None:
        own[0x1000] = _text(body)
    if html is not None:
        own[0x1013] = BINARY, html
        own[0x3FDE] = 0x0003, struct.pack("<Q", 65001)
    if rich is not None:
        own[0x1009] = BINARY, rich
    if sent is not None:
        own[0x0039] = TIME, struct.pack("<Q", int((sent - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10**7)
    root: dict[str, bytes | Tree] = {}
    counts = struct.pack("<8x4I8x", len(to), len(attachments), len(to), len(attachments))
    root.update(_storage(own, counts))
    for n, (name, address) in enumerate(to):
        root[f"__recip_version1.0_#{n:08X}"] = _storage({0x3001: _text(name), 0x39FE: _text(address)}, bytes(8))
    for n, (name, content) in enumerate(attachments):
        held = (BINARY, content) if content is not None else (OBJECT, b"")
        storage = _storage({0x3707: _text(name), 0x3701: held}, bytes(8))
        root[f"__attach_version1.0_#{n:08X}"] = storage
    return compound(root)


def _text(text: str) -> tuple[int, bytes]:
    return TEXT, text.encode("utf-16-le")


def _storage(properties: Mapping[int, tuple[int, bytes]], head: bytes) -> dict[str, bytes | Tree]:
    """The streams of these properties, by number: fixed ones stand in the table, others in streams of their own."""
    out: dict[str, bytes | Tree] = {}
    table = head
    for number, (kind, value) in properties.items():
        if kind in (TEXT, BINARY, OBJECT):
            size = len(value) + (2 if kind == TEXT else 0)
            table += struct.pack("<HHIII", kind, number, 6, size, 0)
            out[f"__substg1.0_{number:04X}{kind:04X}"] = value if kind != OBJECT else {"__properties_version1.0": b""}
        else:
            table += struct.pack("<HHI8s", kind, number, 6, value)
    return out | {"__properties_version1.0": table}


def compound(root: Tree) -> bytes:
    """An OLE compound file of these storages and streams."""
    entries: list[tuple[str, int, int, int, int, int, int]] = []  # name, type, left, right, child, start, size
    sectors: list[bytes] = []
    fat: list[int] = []
    mini: list[bytes] = []
    mini_fat: list[int] = []

    def stored(data: bytes, size: int, parts: list[bytes], table: list[int]) -> int:
        """Appends the data as a chain of sectors; the first of them."""
        if not data:
            return END
        start = len(parts)
        parts += [data[at : at + size].ljust(size, b"\0") for at in range(0, len(data), size)]
        table += [*range(start + 1, len(parts)), END]
        return start

    def add(name: str, content: bytes | Tree) -> int:
        at = len(entries)
        if isinstance(content, bytes):
            small = len(content) < CUTOFF
            start = stored(content, MINI, mini, mini_fat) if small else stored(content, SECTOR, sectors, fat)
            entries.append((name, 2, FREE, FREE, FREE, start, len(content)))
        else:
            entries.append((name, 1, FREE, FREE, FREE, 0, 0))
            children = sorted(content, key=lambda key: (len(key), key.upper()))
            child = balanced([add(key, content[key]) for key in children])
            entries[at] = (name, 1, FREE, FREE, child, 0, 0)
        return at

    def balanced(siblings: list[int]) -> int:
        """The root of a search tree of these entries, which are in order."""
        if not siblings:
            return FREE
        middle = len(siblings) // 2
        at = siblings[middle]
        name, kind, _, _, child, start, size = entries[at]
        left, right = balanced(siblings[:middle]), balanced(siblings[middle + 1 :])
        entries[at] = (name, kind, left, right, child, start, size)
        return at

    add("Root Entry", root)
    minis = b"".join(mini)
    name, _, left, right, child, _, _ = entries[0]
    entries[0] = (name, 5, left, right, child, stored(minis, SECTOR, sectors, fat), len(minis))
    first_mini_fat = stored(struct.pack(f"<{len(mini_fat)}I", *mini_fat), SECTOR, sectors, fat)
    directory = b"".join(map(_entry, entries))
    first_entry = stored(directory, SECTOR, sectors, fat)
    if len(directory) % SECTOR:  # what is left of the last sector is unused entries
        spare = (SECTOR - len(directory) % SECTOR) // 128
        unused = struct.pack("<64xHBB3I36xIQ", 0, 0, 0, FREE, FREE, FREE, 0, 0)
        sectors[-1] = sectors[-1][: SECTOR - 128 * spare] + unused * spare
    tables = 1
    while tables * SECTOR // 4 < len(fat) + tables:
        tables += 1
    first_fat = len(sectors)
    fat += [FAT] * tables
    fat += [FREE] * (tables * SECTOR // 4 - len(fat))
    mini_sectors = -(-len(mini_fat) * 4 // SECTOR)
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, tables, first_entry, 0, CUTOFF, first_mini_fat, mini_sectors, END, 0),
    )
    header += struct.pack("<109I", *range(first_fat, first_fat + tables), *[FREE] * (109 - tables))
    return header + b"".join(sectors) + struct.pack(f"<{len(fat)}I", *fat)


def _entry(entry: tuple[str, int, int, int, int, int, int]) -> bytes:
    name, kind, left, right, child, start, size = entry
    letters = name.encode("utf-16-le")
    head = letters.ljust(64, b"\0") + struct.pack("<HBB", len(letters) + 2, kind, 1)
    return head + struct.pack("<3I36xIQ", left, right, child, start, size)
