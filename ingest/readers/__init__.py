"""One reader a format: bytes in, RawDocument out."""
