"""Which part of a web page is its content: no navigation, banners, cookie notices and footers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html as lxml_html

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | frozenset(
    [
        *[
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "details",
            "dialog",
            "div",
            "dl",
            "dt",
        ],
        *[
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "header",
            "hr",
            "legend",
            "li",
            "main",
            "nav",
            "ol",
            "p",
            "pre",
        ],
        *["section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"],
    ]
)
_NEVER = frozenset(
    [
        *[
            "script",
            "style",
            "noscript",
            "template",
            "svg",
            "math",
            "iframe",
            "object",
            "embed",
            "canvas",
            "audio",
            "video",
        ],
        *[
            "button",
            "input",
            "select",
            "textarea",
            "nav",
            "aside",
            "dialog",
            "head",
            "link",
            "meta",
            "title",
            "picture",
            "img",
            "map",
        ],
    ]
)
_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alert", "menu", "menubar", "toolbar"}
)
# Names (of classes and ids) of what frames a page.  A name is noise when all its words are of these two kinds and at
# least one is of the first: `related-links` is, `related-parties` and `social-care` are not.
_NOISE = re.compile(
    r"cookie\w*|consent|\w*crumbs?|skip\w*|social\w*|share|sharing|\w*sidebar|\w*menu|nav|\w*nav|navbar|\w*navigation"
    r"|newsletter|subscribe|advert|advertisement|promo|popup|modal|pagination|pager|related|\w*footer|foot|sr|hidden"
    r"|screenreader|reader|print|feedback|survey|toolbar|topbar|comments|gdpr"
)
_FILLER = frozenset(
    """a accept and app area b bar banner block blocks bottom box btn button buttons c col column component container
    content d desktop dfe div el email facebook footer form g gem global gov govuk group header heading holder id inner
    item items js l layout left lg link linkedin links list lnk lower m main md message mobile module moj nhsuk notice
    o ons only open outer overlay page pages panel popup primary print region right row s screen secondary section site
    side sm square sub super mega the this title to toggle top twitter u uk ui upper us visually widget wrap wrapper x
    xl xs""".split()
)
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MOST = 0.6  # share of a page's words that its content has at least
_ENOUGH = 250  # letters that make an element a candidate for the main content


def tag_of(element: lxml_html.HtmlElement) -> str:
    """The element's name in lower case; empty for comments and the like."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def children_of(element: lxml_html.HtmlElement) -> Iterator[lxml_html.HtmlElement]:
    """The children that are content."""
    return (child for child in element if isinstance(child.tag, str))


def text_of(element: lxml_html.HtmlElement) -> str:
    """All text of an element, a space where a block or a line ends."""
    parts: list[str] = []
    for piece in element.iter():
        tag = tag_of(piece)
        if tag == "br" or tag in BLOCKS:
            parts.append(" ")
        if piece.text and tag:
            parts.append(piece.text)
        if piece is not element and piece.tail:
            parts.append((" " if tag in BLOCKS or tag == "br" else "") + piece.tail)
    return "".join(parts)


def main_content(tree: lxml_html.HtmlElement) -> lxml_html.HtmlElement:
    """The element that holds the page's content, what is no content taken out of it."""
    body = tree.find("body")
    root = body if body is not None else tree
    _drop(root)
    candidates = [
        *root.iter("main"),
        *(element for element in root.iter() if element.get("role") == "main"),
        *root.iter("article"),
    ]
    sized = [(len(text_of(candidate)), -n, candidate) for n, candidate in enumerate(candidates)]
    whole = len(text_of(root)) or 1
    good = [item for item in sized if item[0] >= min(_ENOUGH, whole // 2) and item[0] > 0.15 * whole]
    if good:
        return max(good, key=lambda item: item[:2])[2]
    _drop_links(root)
    return _around_heading(root)


def _around_heading(root: lxml_html.HtmlElement) -> lxml_html.HtmlElement:
    """The smallest element with the page's first main heading and most of its words; the whole page without one."""
    heading = next(root.iter("h1"), None)
    if heading is None:
        return root
    enough = _MOST * _prose(root)
    for above in heading.iterancestors():
        if above is root:
            break
        if _prose(above) >= enough:
            return above
    return root


def _prose(element: lxml_html.HtmlElement) -> int:
    """How many letters stand outside links."""
    return len(" ".join(text_of(element).split())) - sum(
        len(" ".join(text_of(link).split())) for link in element.iter("a")
    )


def _drop(root: lxml_html.HtmlElement) -> None:
    """Take out what is never content."""
    inside = {element for main in root.iter("main", "article") for element in main.iter()}
    doomed = [element for element in root.iter() if element is not root and _is_noise(element, element in inside)]
    for element in doomed:
        _remove(element)


def _is_noise(element: lxml_html.HtmlElement, inside: bool) -> bool:
    tag = tag_of(element)
    if not tag or tag in _NEVER:
        return True
    if element.get("role") in _ROLES and element.get("role") != "main":
        return True
    hidden = "hidden" in element.attrib and (element.get("hidden") or "").lower() != "until-found"
    if hidden or element.get("aria-hidden") == "true" or _HIDDEN.search(element.get("style") or ""):
        return True
    if tag in ("header", "footer") and not inside:
        return True
    if tag == "footer":
        return True
    if tag in ("html", "body", "main", "article", *HEADINGS):
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}".split()
    return any(map(_names_noise, names)) and not element.xpath(".//main|.//article|.//h1")


def _names_noise(name: str) -> bool:
    """Whether a class or id is that of a page's frame."""
    words = [word.lower() for word in _WORDS.findall(name)]
    noise = [_NOISE.fullmatch(word) is not None for word in words]
    return any(noise) and all(is_noise or word in _FILLER for is_noise, word in zip(noise, words, strict=True))


def _remove(element: lxml_html.HtmlElement) -> None:
    """Empty an element, and leave the text after it."""
    element.clear(keep_tail=True)
    element.tag = "span"


def _drop_links(root: lxml_html.HtmlElement) -> None:
    """Take out lists and boxes that are mostly links, on a page that does not say what its content is."""
    for element in list(root.iter("ul", "ol", "div", "section", "table", "p")):
        if element.getparent() is None:
            continue
        words = len(" ".join(text_of(element).split()))
        linked = sum(len(" ".join(text_of(link).split())) for link in element.iter("a"))
        links = sum(1 for _ in element.iter("a"))
        if links >= 3 and linked > 0.7 * words:
            _remove(element)
