"""Parts of a zip archive, with bounds on how much they unpack to; XML parsed without entities."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

from lxml import etree

from ingest.errors import ReadError
from ingest.limits import Limits

_MAX_PARTS = 20_000
_SMALL = 1_000_000  # a part below this size is no bomb, whatever its ratio


class Archive:
    """A zip archive that was checked when opened.  Raises ReadError when it is damaged, encrypted or a bomb."""

    def __init__(self, content: bytes, path: Path | str, limits: Limits) -> None:
        self.path, self.limits = path, limits
        self.left = limits.bytes
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(content))
            parts = self.zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise ReadError(path, "it is a damaged archive; open it in its own program and save it again") from error
        if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > limits.bytes:
            raise ReadError(path, f"it unpacks to more than the limit of {limits.bytes:,} bytes; split it")
        for part in parts:
            if part.file_size > _SMALL and part.file_size > limits.ratio * max(part.compress_size, 1):
                raise ReadError(path, "it unpacks to far more than its size, as a zip bomb does; it is left out")
            if part.flag_bits & 1:
                raise ReadError(path, "it is encrypted; save it without a password and try again")

    def names(self) -> list[str]:
        return self.zip.namelist()

    def part(self, name: str) -> bytes | None:
        """The bytes of a part, or None when the archive has none of that name."""
        try:
            with self.zip.open(name) as stream:
                data = stream.read(self.left + 1)
        except KeyError:
            return None
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
            raise ReadError(self.path, "it is damaged; open it in its own program and save it again") from error
        self.left -= len(data)
        if self.left < 0:
            raise ReadError(self.path, f"it unpacks to more than the limit of {self.limits.bytes:,} bytes; split it")
        return data

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML part, or None when there is no such part."""
        data = self.part(name)
        if data is None:
            return None
        if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
            raise ReadError(self.path, "its XML declares entities, which no such file needs; it is left out")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise ReadError(self.path, "it is damaged; open it in its own program and save it again") from error
