"""The Content-Security-Policy of the pages: nothing but our own files, and no script or style in a page."""

from __future__ import annotations

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


def page_policy(ancestors: str = "'none'") -> str:
    """The Content-Security-Policy of a page of ours."""
    return PAGE_POLICY.format(ancestors=ancestors)
