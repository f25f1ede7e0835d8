"""Documents of other domains than the product was made with: companies, a school, a planning case, an audit."""

from __future__ import annotations

import pytest

from retrieval.answer import Status
from tests.retrieval.asking import Desk, faults

BRACKWELL = "brackwell-enforcement-notice-2023-03-14"
OAKMERE = "oakmere-school-warning-notice-2022-10-03"
QUERNBY = "quernby-planning-letter-2021-08-19"
THORNFIELD = "thornfield-bakery-improvement-notice-2024-02-06"
WEXCOMBE = "wexcombe-audit-report-2023-11-30"


@pytest.mark.parametrize(
    ("question", "says", "document", "clauses"),
    [
        ("by when must Brackwell repair the bund?", ["31 March 2023"], BRACKWELL, ["4", "4(a)"]),
        ("how long does Brackwell have to empty the interceptor?", ["14 days"], BRACKWELL, ["4", "4(b)"]),
        (
            "when must the high level alarms be installed at Brackwell Metals?",
            ["30 June 2023"],
            BRACKWELL,
            ["4", "4(c)"],
        ),
        ("who inspected the Brackwell site?", ["Imogen Tarrant"], BRACKWELL, ["2"]),
        ("how much will the Authority charge Brackwell for the inspection and sampling?", ["£2,340"], BRACKWELL, ["7"]),
        ("who signed the Brackwell enforcement notice?", ["Rupert Ellingham"], BRACKWELL, ["signature"]),
        (
            "what does paragraph 6 of the Brackwell notice say?",
            ["No waste oil may be brought onto the site"],
            BRACKWELL,
            ["6"],
        ),
        ("what is Brackwell's permit number?", ["TP3391LK"], BRACKWELL, ["opening 2", "addressee"]),
        ("how many milligrams of hydrocarbons were in the brook?", ["48"], BRACKWELL, ["3"]),
        ("how long must Brackwell keep the training records?", ["six years"], BRACKWELL, ["4", "4(d)"]),
        ("what happens if Brackwell does not comply?", ["offence"], BRACKWELL, ["9"]),
        ("how long can someone be imprisoned under the Brackwell notice?", ["five years"], BRACKWELL, ["9"]),
        ("when must Oakmere appoint a permanent headteacher?", ["1 January 2023"], OAKMERE, ["4", "4(a)"]),
        ("what percentage of Oakmere pupils reached the expected standard?", ["38%"], OAKMERE, ["1"]),
        ("how often must the standards committee meet?", ["fortnight"], OAKMERE, ["4", "4(d)"]),
        ("what is the maximum cost of the support from Larkfield?", ["£18,500"], OAKMERE, ["6"]),
        (
            "under which Act was the Oakmere warning notice given?",
            ["section 60 of the Education and Inspections Act 2006"],
            OAKMERE,
            ["opening", "opening 5", "title"],
        ),
        ("how long does the governing body have to comply?", ["15 working days"], OAKMERE, ["7"]),
        ("what can the council do if the governing body fails to comply?", ["additional governors"], OAKMERE, ["9"]),
        ("who is the case officer for the ropeworks application?", ["Gwendolyn Achterberg"], QUERNBY, ["para 1"]),
        ("when will the committee decide the application?", ["27 October 2021"], QUERNBY, ["para 1"]),
        ("by when should Ms Lindqvist reply?", ["10 September 2021"], QUERNBY, ["para 2"]),
        (
            "what further information does Quernby need?",
            ["bat survey", "daylight assessment", "cycle store", "viability statement"],
            QUERNBY,
            ["para 3", "a)"],
        ),
        ("how many bicycles must the cycle store hold?", ["36"], QUERNBY, ["c)"]),
        ("how much is sought towards school places?", ["£96,400"], QUERNBY, ["para 5"]),
        ("how many neighbours object?", ["nine"], QUERNBY, ["para 4"]),
        ("how wide must the access on to Mill Street be?", ["4.8 metres"], QUERNBY, ["para 4"]),
        ("who is the ward member for Quayside?", ["Beatrix Hallam"], QUERNBY, ["copied to"]),
        ("what is item b) of the Quernby letter?", ["daylight assessment"], QUERNBY, ["b)"]),
        ("when does the statutory period for the ropeworks application end?", ["11 October 2021"], QUERNBY, ["para 2"]),
        ("what is the reference of the planning letter?", ["21/00874/FUL"], QUERNBY, ["letterhead"]),
        ("who objects to the removal of the chimney?", ["conservation officer"], QUERNBY, ["para 4"]),
        (
            "by what date must Thornfield Bakeries remedy the contraventions?",
            ["5 April 2024"],
            THORNFIELD,
            ["opening 6"],
        ),
        ("what regulation did Thornfield contravene?", ["regulation 11(1)"], THORNFIELD, ["opening 4"]),
        ("how often must the guard be examined?", ["three months"], THORNFIELD, ["2"]),
        ("how long must Thornfield keep the results of the examination?", ["two years"], THORNFIELD, ["2"]),
        ("how many employees need refresher training?", ["43"], THORNFIELD, ["4"]),
        ("how long does Thornfield have to appeal?", ["21 days"], THORNFIELD, ["after 5"]),
        ("what is the inspector's telephone number?", ["0300 790 6787"], THORNFIELD, ["opening 3"]),
        ("what is the serial number of the Thornfield notice?", ["I/CMH/060224/01"], THORNFIELD, ["opening"]),
        ("how many invoices were paid without a purchase order?", ["Seventeen"], WEXCOMBE, ["2.1"]),
        ("how much came from duplicate payments?", ["£83,912"], WEXCOMBE, ["2.2"]),
        ("who is the lead auditor?", ["Leopold Vance"], WEXCOMBE, ["opening"]),
        ("who is the Chief Finance Officer of Wexcombe Hospitals Trust?", ["Octavia Brandreth"], WEXCOMBE, ["opening"]),
        ("by when should the remaining duplicate payments be recovered?", ["31 January 2024"], WEXCOMBE, ["3.2"]),
        ("what does recommendation 3.3 say?", ["confirm each change of bank details by telephone"], WEXCOMBE, ["3.3"]),
        ("how often should the signatory list be reviewed?", ["quarter"], WEXCOMBE, ["3.4"]),
        (
            "what are the recommendations of the audit?",
            ["refuse any invoice", "remaining duplicate payments", "bank details", "signatory list"],
            WEXCOMBE,
            ["3", "3.1"],
        ),
        ("when was the audit last done?", ["2020"], WEXCOMBE, ["1.2"]),
        ("who is the chief executive of Wexcombe?", ["Rosalind Achebe"], WEXCOMBE, ["after 4.1"]),
        ("when must Thornfeld Bakeries remedy the contraventions?", ["5 April 2024"], THORNFIELD, ["opening 6"]),
        ("which documents mention an appeal?", [], BRACKWELL, ["8"]),
        ("how often must Brackwell report on the steps taken?", ["first Monday of each month"], BRACKWELL, ["5"]),
        ("who is the acting headteacher of Oakmere Primary School?", ["Silas Crowhurst"], OAKMERE, ["2"]),
        ("how many headteachers has Oakmere had?", ["four"], OAKMERE, ["2"]),
        ("who is the chair of governors of Oakmere?", ["Yolanda Pettifer"], OAKMERE, ["opening 3", "addressee"]),
        ("who signed the Oakmere warning notice?", ["Benedikt Marlowe"], OAKMERE, ["signature"]),
        ("when was the Oakmere warning notice issued?", ["3 October 2022"], OAKMERE, ["letterhead", "opening 2"]),
        ("who was the warning notice copied to?", ["Diocese of Dunmarsh", "Regional Director"], OAKMERE, ["copied to"]),
        (
            "who is the inspector who served the notice on Thornfield?",
            ["Caspian Hargreave"],
            THORNFIELD,
            ["opening 3", "signature", "after 5 3"],
        ),
    ],
)
def test_answered(other_desk: Desk, question: str, says: list[str], document: str, clauses: list[str]) -> None:
    answer = other_desk.ask(question)
    assert not faults(answer, other_desk.snapshot)
    assert answer.status is Status.ANSWERED, answer.text
    for words in says:
        assert words.casefold() in answer.text.casefold()
    if answer.value and len(says) == 1:
        value, words = answer.value.casefold(), says[0].casefold()
        assert words in value or value in words
    assert [c for c in answer.citations if c.document_id == document and c.clause in clauses]


@pytest.mark.parametrize(
    ("question", "says", "document", "clauses"),
    [
        ("can Brackwell appeal?", "yes", BRACKWELL, ["8"]),
        ("does an appeal suspend the Brackwell notice?", "no", BRACKWELL, ["8"]),
        ("does the highway authority object to the ropeworks application?", "no", QUERNBY, ["para 4"]),
        ("is the ropeworks a listed building?", "no", QUERNBY, ["para 6"]),
        ("does an appeal suspend the Thornfield notice?", "yes", THORNFIELD, ["after 5"]),
        ("did the auditors find evidence of fraud?", "no", WEXCOMBE, ["2.5"]),
        ("does Brackwell have more than two months to appeal?", "no", BRACKWELL, ["8"]),
        ("must all of the yard staff be trained?", "yes", BRACKWELL, ["4", "4(d)"]),
        ("may Brackwell bring waste oil onto the site straight away?", "no", BRACKWELL, ["6"]),
        ("could someone go to prison over the Brackwell notice?", "yes", BRACKWELL, ["9"]),
        ("is the fine that Brackwell risks limited?", "no", BRACKWELL, ["9"]),
        ("does Brackwell have to send its report every week?", "no", BRACKWELL, ["5"]),
        ("was the Brackwell site inspected in March 2023?", "no", BRACKWELL, ["2"]),
        ("did Imogen Tarrant sign the Brackwell notice?", "no", BRACKWELL, ["signature"]),
        ("is Rupert Ellingham the Area Environment Manager?", "yes", BRACKWELL, ["signature"]),
        ("must the Oakmere recovery plan be published?", "no", OAKMERE, ["5"]),
        ("is Silas Crowhurst the permanent headteacher of Oakmere?", "no", OAKMERE, ["2"]),
        ("was Oakmere's single central record complete?", "no", OAKMERE, ["3"]),
        ("can the council appoint extra governors at Oakmere?", "yes", OAKMERE, ["9"]),
        ("will the council pay more than £20,000 for the support of Oakmere?", "no", OAKMERE, ["6"]),
        ("is it enough for Oakmere's standards committee to meet once a month?", "no", OAKMERE, ["4", "4(d)"]),
        ("does the conservation officer support taking down the chimney?", "no", QUERNBY, ["para 4"]),
        ("does the ropeworks stand in a conservation area?", "yes", QUERNBY, ["para 6"]),
        ("is Beatrix Hallam the case officer?", "no", QUERNBY, ["para 1", "copied to"]),
        ("must Thornfield stop using the number 1 dough divider?", "no", THORNFIELD, ["5"]),
        ("was there a risk assessment for the Thornfield machine?", "no", THORNFIELD, ["opening 5"]),
        ("would examining the guard once a year be enough?", "no", THORNFIELD, ["2"]),
        ("is the Thornfield notice a prohibition?", "no", THORNFIELD, ["after 5"]),
        ("did management accept recommendation 3.4?", "no", WEXCOMBE, ["4.1"]),
        ("had the authorised signatory list at Wexcombe been kept up to date?", "no", WEXCOMBE, ["2.4"]),
        ("is Octavia Brandreth the chief executive of Wexcombe?", "no", WEXCOMBE, ["opening", "after 4.1"]),
        ("is Leopold Vance the lead auditor?", "yes", WEXCOMBE, ["opening"]),
    ],
)
def test_yes_or_no(other_desk: Desk, question: str, says: str, document: str, clauses: list[str]) -> None:
    answer = other_desk.ask(question)
    assert not faults(answer, other_desk.snapshot)
    assert answer.status is Status.ANSWERED, answer.text
    assert (answer.value, answer.text.casefold().startswith(says)) == (says, True)
    assert [c for c in answer.citations if c.document_id == document and c.clause in clauses]


@pytest.mark.parametrize(
    "question",
    [
        "who is the site manager of Brackwell Metals?",
        "how many teachers are there at Oakmere?",
        "how many parking spaces does the ropeworks scheme have?",
        "how much was Thornfield fined?",
        "what is clause 2.9 of the Wexcombe report?",
        "who must deliver a plan at Hollingford Council?",
        "has planning permission been granted for the ropeworks?",
        "is Oakmere an academy?",
        "has Brackwell closed its scrap yard?",
        "did Wexcombe sack the Head of Payments?",
    ],
)
def test_refused(other_desk: Desk, question: str) -> None:
    answer = other_desk.ask(question)
    assert not faults(answer, other_desk.snapshot)
    assert answer.status is Status.NOT_FOUND, answer.text
