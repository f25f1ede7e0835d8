"""What a web page says of itself: title, author, publisher, date."""

from __future__ import annotations

import re

from lxml import html as lxml_html

_NAMES = {
    "date": (
        *(
            "article:published_time",
            "dcterms.issued",
            "dc.date.issued",
            "datepublished",
            "dc.date",
            "dcterms.date",
            "date",
        ),
        *("publish-date", "pubdate", "dcterms.created", "govuk:first-published-at", "govuk:public-updated-at"),
    ),
    "author": ("author", "dc.creator", "dcterms.creator", "article:author"),
    "publisher": ("og:site_name", "dcterms.publisher", "dc.publisher", "publisher", "application-name"),
    "headline": ("og:title", "dcterms.title", "dc.title", "twitter:title"),
}


def page_metadata(tree: lxml_html.HtmlElement) -> dict[str, str]:
    """`title`, `author`, `publisher` and `date` where the page gives them."""
    said: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("name") or element.get("property") or element.get("itemprop") or "").lower()
        content = " ".join((element.get("content") or "").split())
        if name and content:
            said.setdefault(name, content)
    found = {}
    for key, names in _NAMES.items():
        value = next((said[name] for name in names if name in said), "")
        if value:
            found[key] = value
    title = tree.find(".//title")
    words = " ".join((title.text or "").split()) if title is not None else ""
    # what stands behind the last bar or dash is the site
    name = found.pop("headline", "") or re.split(r"\s+[|–—·»]\s+|\s+-\s+(?=[^-]+$)", words)[0].strip()
    if name:
        found["title"] = name
    if "date" not in found:
        stamps = [element.get("datetime") for element in tree.iter("time") if element.get("datetime")]
        if len(set(stamps)) == 1 and stamps[0]:
            found["date"] = stamps[0]
    return found
