"""What reading one file may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take at most.

    bytes       size of the file, and of what is unpacked from it
    characters  of text; what is found in it takes a minute or so for five millions
    pages       of a PDF or an image file
    seconds     of reading
    ratio       unpacked to packed size of an archive
    depth       of nested elements, and of mails in mails
    memory      bytes of address space of the process that reads, 0 for no limit
    """

    bytes: int = 100_000_000
    characters: int = 5_000_000
    pages: int = 2_000
    seconds: float = 120.0
    ratio: int = 150
    depth: int = 200
    memory: int = 3_000_000_000
