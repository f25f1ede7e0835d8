"""Lines of a PDF joined to paragraphs, over columns and pages, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.markers import Style, find_marker
from ingest.readers.pdf_lines import Line, Page
from ingest.readers.pdf_print import CONTENTS, LEADERS, TERMINAL, Group, Print, Table, is_data
from ingest.readers.pdf_tables import Grid

OTHER_BLOCK = 9  # how far back a line of another block stands, for a size of 1; an indent is less
_PERSON_IN_LIST = re.compile(  # `Ann Bell, lead inspector` over `Carl Dunn, inspector`
    r"(?:[A-Z][a-z]+(?:\s[a-z]+)?:\s*)?(?:(?:Mr|Mrs|Ms|Miss|Dr|Dame|Sir|Councillor|Cllr|Professor)\.?\s+)?"
    r"[A-Z][\w’'-]+(?:\s[A-Z][\w’'.-]*){1,3},\s+\S.*\w$"
)
_SENTENCE = 45  # a shorter line may be one of an address
_REFERS = re.compile(
    r"\b(?:Articles?|[Ss]ections?|paragraphs?|[Rr]egulations?|of|and|or|to|the|by|in|on|at|than|under)$"
)


def flow(pages: Sequence[Page], shape: Print) -> Iterator[Group | Table]:
    """Paragraphs and tables in reading order.  A footnote comes before the paragraph that its page ends in."""
    current: Group | None = None
    table: Table | None = None
    for page in pages:
        notes: list[Group] = []
        fresh = True
        for item in _with_columns(page.items):
            if isinstance(item, Line) and (
                item.size <= notes[0].first.size * 1.05 if notes else _is_note(item, page, shape)
            ):
                if item.footnote or not notes:
                    notes.append(Group([item]))
                else:
                    notes[-1].lines.append(item)
                continue
            if isinstance(item, Grid):
                if current is not None:
                    yield current
                    current = None
                table = _grown(table, item, page.number) if fresh and table is not None else table
                if table is None or table.rows[-1][0] != page.number or not fresh:
                    if table is not None:
                        yield table
                    table = Table([(page.number, row) for row in item.rows], item.bold, item.size)
                fresh = False
                continue
            if table is not None:
                yield table
                table = None
            if current is not None and _joins(current, item, shape, fresh=fresh):
                current.lines.append(item)
            else:
                if current is not None:
                    yield current
                current = Group([item])
            fresh = False
        if notes and current is not None and current.first.page == page.number and not _open_ended(current):
            yield current
            current = None
        yield from notes
    if table is not None:
        yield table
    if current is not None:
        yield current


def _grown(table: Table, grid: Grid, page: int) -> Table:
    """The table with the grid that goes on with it at the head of the next page, if that is what the grid does."""
    before_page, last = table.rows[-1]
    if before_page != page - 1 or len(grid.rows[0]) != len(last):
        return table
    rows = list(grid.rows)
    if rows[0] == table.rows[0][1]:
        rows = rows[1:]  # its head is printed again
    elif not rows[0][0] and any(rows[0]):
        joined = tuple(" ".join(part for part in pair if part) for pair in zip(last, rows[0], strict=True))
        table.rows[-1] = (before_page, joined)
        rows = rows[1:]
    if not rows:
        rows = [tuple("" for _ in last)]
    return Table(
        [*table.rows, *((page, row) for row in rows if any(row))] if any(map(any, rows)) else table.rows,
        table.bold,
        table.size,
    )


def _with_columns(items: Sequence[Line | Grid]) -> list[Line | Grid]:
    """Lines whose parts stand in columns, two or more in a row, made a grid."""
    out: list[Line | Grid] = []
    run: list[Line] = []

    def close() -> None:
        if len(run) >= 2 and not all(CONTENTS.search(line.text) for line in run):
            width = max(len(line.cells) for line in run)
            rows = tuple(
                (*(text for _, text in line.cells), *("" for _ in range(width - len(line.cells)))) for line in run
            )
            out.append(Grid(run[0].base, run[-1].base, rows, frozenset(), run[0].size, all(line.bold for line in run)))
        else:
            out.extend(run)
        run.clear()

    for item in items:
        if isinstance(item, Line) and item.cells and (not run or _aligned(run[-1], item)):
            run.append(item)
            continue
        close()
        if isinstance(item, Line) and item.cells:
            run.append(item)
        else:
            out.append(item)
    close()
    return out


def _aligned(above: Line, line: Line) -> bool:
    starts = [x for x, _ in above.cells]
    return line.base - above.base < 3 * line.size and all(any(abs(x - y) < 8 for y in starts) for x, _ in line.cells)


def _joins(group: Group, line: Line, shape: Print, *, fresh: bool) -> bool:
    if fresh and group.last.page != line.page:
        return _over_page(group, line, shape)
    return _same_paragraph(group, line, shape)


def _is_note(line: Line, page: Page, shape: Print) -> bool:
    return line.footnote and line.base > 0.5 * page.height and line.size < 0.95 * shape.body


def _open_ended(group: Group) -> bool:
    return TERMINAL.search(group.last.text) is None


def _same_paragraph(group: Group, line: Line, shape: Print) -> bool:
    last = group.last
    if line.left != last.left and abs(line.left - last.left) > 40:
        return _over_page(group, line, shape)
    step = line.base - last.base
    if step <= 0:
        return _over_page(group, line, shape)
    if abs(line.size - last.size) > 0.06 * max(line.size, last.size):
        return False
    if step > 1.3 * shape.step(line):
        return False
    if (
        _begins(last, line)
        or is_data(line.text)
        or LEADERS.search(last.text)
        or (last.cells and CONTENTS.search(last.text))
    ):
        return False
    if _ranged_right(last, line) or (_PERSON_IN_LIST.match(last.text) and _PERSON_IN_LIST.match(line.text)):
        return False
    full = _full(last, line)
    if line.bold != last.bold and not (full and not TERMINAL.search(last.text)):
        return False
    marked = find_marker(group.first.text) is not None
    if marked and len(group.lines) > 1 and line.x0 < group.lines[1].x0 - 6:
        return False
    if marked and len(group.lines) == 1 and line.x0 < group.first.x0 - 6:
        return False
    if full or line.text[:1].islower() or _hangs(group, line):
        return True
    if shape.spaced and not line.bold and len(last.text) > _SENTENCE and step < 1.15 * shape.step(line):
        return True
    if last.x1 - last.left > 0.6 * (last.right - last.left) and not TERMINAL.search(last.text) and not line.bold:
        return True  # ragged, but running on
    if last.bold and line.bold and line.size > 1.08 * shape.body:
        return True  # a long heading is broken where its author liked
    return line.size > 1.5 * shape.body


def _ranged_right(last: Line, line: Line) -> bool:
    """Whether two lines end at one edge and begin apart, far from the other: lines of a sender's address."""
    if last.x0 - line.x0 > OTHER_BLOCK * line.size:
        return True  # the next line is no more of that block
    inner = min(last.x0, line.x0) - line.left > 3 * line.size
    return inner and abs(line.x1 - last.x1) < 0.5 * line.size and abs(line.x0 - last.x0) > 0.35 * line.size


def _over_page(group: Group, line: Line, shape: Print) -> bool:
    """Whether a line at the head of a page or column goes on with the paragraph that the last one ended in."""
    last = group.last
    if abs(line.size - last.size) > 0.06 * max(line.size, last.size) or line.bold != last.bold or _begins(last, line):
        return False
    if not TERMINAL.search(last.text):
        return line.text[:1].islower() or _full(last, line)
    if line.text[:1].islower():
        return not re.search(r"[.:]$", last.text)
    # a sentence that ends at the foot of a page: indents tell whether its item goes on
    return _hangs(group, line)


def _hangs(group: Group, line: Line) -> bool:
    """Whether the line stands where the words of the list item above it stand."""
    if find_marker(group.first.text) is None or line.x0 < group.first.x0 + 6:
        return False
    if len(group.lines) > 1:
        return abs(line.x0 - group.lines[1].x0) < 3
    return abs(line.x0 - group.first.text_x) < 9


def _begins(last: Line, line: Line) -> bool:
    """Whether the line begins with a list marker, and not with a number that wrapped."""
    marker = find_marker(line.text)
    if marker is None:
        return False
    wrapped = marker.readings[0].style in (Style.NUMBER, Style.DOTTED) and _REFERS.search(last.text) is not None
    return not wrapped


def _full(last: Line, line: Line) -> bool:
    """Whether the next line's first word would not have fitted on the last line."""
    first = line.text.split(" ", 1)[0]
    needed = (len(first) + 1) * 0.42 * last.size
    return last.x1 + needed > last.right - 4
