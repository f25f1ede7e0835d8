"""Whole pages as sites make them: what is content, and under which labels."""

from __future__ import annotations

import pytest

from ingest.clauses import split
from ingest.raw import BlockKind
from tests.ingest.test_html import read, texts

GUIDANCE = """
<a href="#content" class="govuk-skip-link">Skip to main content</a>
<div id="global-cookie-message" class="gem-c-cookie-banner govuk-cookie-banner">
  <h2>Cookies on this site</h2><p>We use some essential cookies to make this website work.</p></div>
<header role="banner"><nav><ul><li><a>Menu</a></li></ul></nav></header>
<div class="govuk-breadcrumbs"><ol><li>Home</li><li>Notices</li></ol></div>
<main role="main" id="content" class="govuk-main-wrapper">
  <h1 class="gem-c-title__text">Improvement notice: Northby</h1>
  <dl class="gem-c-metadata"><dt>From:</dt><dd><a>The Department</a></dd><dt>Published</dt><dd>7 June 2021</dd></dl>
  <div class="govspeak"><h2 id="a">Background</h2>
    <ol><li>The council must appoint an adviser by 30 June 2021.</li>
      <li>The council must:<ol class="alpha"><li>publish its plan</li>
        <li>report monthly:<ol style="list-style-type: lower-roman"><li>to the board</li>
        <li>to parents</li></ol></li></ol></li></ol>
    <table><caption>Table 1: dates</caption><tr><th>Area</th><th>Action</th><th>Due</th></tr>
      <tr><td rowspan="2">Care</td><td>Plan</td><td>May</td></tr><tr><td>Report</td><td>June</td></tr></table>
    <p>It follows the code.<sup><a href="#fn:1" role="doc-noteref">[footnote 1]</a></sup></p>
    <div class="footnotes" role="doc-endnotes"><ol><li id="fn:1"><p>Of 2020. <a href="#r" role="doc-backlink">↩</a></p>
    </li></ol></div></div>
  <div class="gem-c-share-links"><h2>Share this page</h2><ul><li><a>Share on a network</a></li></ul></div>
  <div class="govuk-related-navigation"><h2>Related content</h2><ul><li><a>Another notice</a></li></ul></div>
  <div class="gem-c-feedback"><h2>Is this page useful?</h2><p>Help us improve this site.</p></div>
</main>
<footer class="govuk-footer"><p>Crown copyright</p></footer>
"""

DIVS = """
<div id="cookieconsent"><span>This website uses cookies to ensure you get the best experience.</span></div>
<div class="wrapper"><div class="topBar"><a href="/">Northby Council</a></div>
<div class="mainmenu"><ul><li><a>Council tax</a></li><li><a>Bins</a></li><li><a>Planning</a></li></ul></div>
<div class="crumbs">You are here: <a>Home</a> &gt; <a>Notices</a> &gt; Enforcement notice</div>
<div class="layout">
<div class="left-col"><ul><li><a>Notices</a></li><li><a>Appeals</a></li><li><a>Fees</a></li></ul></div>
<div class="text-area"><h1>Enforcement notice 12/2023</h1><div>Issued: 4 May 2023</div>
<div class="social-care-text"><b>1. The breach</b><br><br>Without planning permission, the erection of a fence.<br><br>
<b>2. What you must do</b><br><br>(a) remove the fence; and<br>(b) make good the land.<br><br>
You have three months from 1 June 2023, when this notice takes effect unless an appeal is made.</div></div>
<div class="right-col"><h3>Contact us</h3><p>Call 01234 567890.</p></div></div>
<div class="foot"><p>© Northby Council 2024</p></div></div>
"""


def test_a_page_of_guidance() -> None:
    raw = read(GUIDANCE)
    assert texts(raw) == [
        *("Improvement notice: Northby", "From: The Department", "Published: 7 June 2021", "Background"),
        *("1. The council must appoint an adviser by 30 June 2021.", "2. The council must:", "a. publish its plan"),
        *(
            "b. report monthly:",
            "i. to the board",
            "ii. to parents",
            "Table 1: dates",
            "Area | Action | Due",
            "Care | Plan | May",
        ),
        *("Care | Report | June", "It follows the code.[footnote 1]", "1 Of 2020."),
    ]
    assert raw.blocks[-1].kind is BlockKind.NOTE
    labels = {clause.label for clause in split(raw)}
    assert {"1", "2", "2(a)", "2(b)", "2(b)(i)", "table 1 row 3", "footnote 1"} <= labels


def test_a_page_of_boxes_that_names_no_main_part() -> None:
    raw = read(DIVS)
    assert texts(raw) == [
        *("Enforcement notice 12/2023", "Issued: 4 May 2023", "1. The breach"),
        *("Without planning permission, the erection of a fence.", "2. What you must do"),
        *("(a) remove the fence; and", "(b) make good the land."),
        "You have three months from 1 June 2023, when this notice takes effect unless an appeal is made.",
    ]
    assert {"1", "2", "2(a)", "2(b)"} <= {clause.label for clause in split(raw)}


@pytest.mark.parametrize(
    "name",
    ["social-care", "related-parties", "feedback-summary", "shared-services", "navigable-rivers", "footnote-text"],
)
def test_content_whose_class_only_sounds_like_a_frame_is_kept(name: str) -> None:
    raw = read(f'<main><h1>Policy</h1><div class="{name}"><p>The council must declare it each year.</p></div></main>')
    assert texts(raw)[1:] == ["The council must declare it each year."]


@pytest.mark.parametrize(
    "name",
    [
        "cookie-notice",
        "cookieConsent",
        "related-links",
        "site-footer",
        "subNav",
        "breadcrumb",
        "share_buttons",
        "sidebar",
    ],
)
def test_frames_are_left_out(name: str) -> None:
    raw = read(f'<main><h1>Policy</h1><div class="x {name}"><p>See also our other pages.</p></div><p>Words.</p></main>')
    assert texts(raw) == ["Policy", "Words."]


def test_lists_count_as_they_are_shown() -> None:
    raw = read(
        '<main><p>One of:</p><ol type="A" start="26"><li>z</li><li>aa</li></ol><ol reversed><li>x<li>y</ol></main>'
    )
    assert texts(raw)[1:] == ["Z. z", "AA. aa", "2. x", "1. y"]
    raw = read(
        '<main><ol style="list-style: none"><li>1.1 The plan.</li></ol><ul><li>(a) x</li><li>30 June</li></ul></main>'
    )
    assert texts(raw) == ["1.1 The plan.", "(a) x", "• 30 June"]


def test_what_unfolds_is_content() -> None:
    raw = read('<main><details><summary>Duties</summary><p>Act.</p></details><p hidden="until-found">More.</p></main>')
    assert texts(raw) == ["Duties", "Act.", "More."]
