"""Draws recorded runs on a terminal: a bar of stars for each, what moved since the one before, and an overview of catalogs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Final

from listinglint.history import CatalogRuns, RecordedRun, RuleChange, changes
from listinglint.model import Text
from listinglint.reports.terminal import Paint, clean, columns_of, cut, pad, wrap
from listinglint.reports.text import SECTION_NAMES

_LEVELS: Final = (5, 4, 3, 2, 1)
_COLOURS: Final = {5: "green", 4: "cyan", 3: "yellow", 2: "magenta", 1: "red"}
_NARROWEST: Final = 40
_NARROW: Final = 64
"""Below so many columns the year and the number of listings are left out."""
_SHORTEST: Final = 8
_LONGEST: Final = 50
_COMMONEST: Final = 10
_SPARKS: Final = 24
_STAMPS: Final = {"run": "%Y-%m-%d %H:%M", "day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m"}
_WORDS: Final = {
    "runs": Text("{n:,} runs, {first} {dash} {last}", "{n:,} 次运行，{first} {dash} {last}"),
    "one run": Text("1 run, {first}", "1 次运行，{first}"),
    "earlier": Text("… and {n:,} earlier (--last {all} shows all)", "……更早的 {n:,} 次（--last {all} 全部显示）"),
    "listings": Text("listings", "产品数"),
    "score": Text("score", "总分"),
    "findings": Text("findings", "问题数"),
    "stars": Text("{n} stars", "{n} 星"),
    "one star": Text("1 star", "1 星"),
    "failed": Text("the gate failed", "检查未通过"),
    "since": Text("Since {when}", "与 {when} 相比"),
    "now": Text("Stars", "星级分布"),
    "moved": Text("Rules that moved most", "变化最大的规则"),
    "more": Text("… and {n} more rules (--format csv has all)", "……另有 {n} 条规则（--format csv 含全部）"),
    "begun": Text("Did not judge before: {rules}", "上次未参与检查的规则：{rules}"),
    "ended": Text("No longer judging: {rules}", "不再参与检查的规则：{rules}"),
    "version": Text("Other versions judged: {before} {arrow} {after}", "检查所用的版本不同：{before} {arrow} {after}"),
    "alone": Text("The next run will show what moved.", "下次记录后，这里会显示变化。"),
    "overview": Text("{n} catalogs; name one to see its trend", "共 {n} 个目录；指定其中一个可查看趋势"),
}


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The characters of a picture; `bars` from five stars down to one, `sparks` from low to high."""

    bars: str
    full: str
    empty: str
    minus: str
    arrow: str
    dash: str
    dot: str
    failed: str
    sparks: str


_DRAWN: Final = Glyphs("█▓▒░·", "★", "☆", "−", "→", "–", "·", "✖", "▁▂▃▄▅▆▇█")
_TYPED: Final = Glyphs("54321", "*", ".", "-", "->", "-", "-", "x", "")
"""For terminals whose encoding has none of the others: a bar is written in the stars' own numbers."""


class Picture:
    """How to draw: the language, the columns there are, colours or none, and characters that the terminal's encoding has."""

    def __init__(self, lang: str, width: int, *, colour: bool = False, encoding: str | None = "utf-8") -> None:
        self.lang = lang
        self.width = max(_NARROWEST, min(width, 160))
        self.narrow = width < _NARROW
        self.paint = Paint(colour)
        self.glyphs = _DRAWN if _has(encoding, _DRAWN) else _TYPED

    def say(self, word: str, **values: object) -> str:
        """A text of the picture in its language."""
        return _WORDS[word].format(self.lang, **values)

    def stars(self, level: int) -> str:
        """Five stars, so many of them full, in their colour."""
        return self.paint(self.glyphs.full * level + self.glyphs.empty * (5 - level), _COLOURS[level])

    def signed(self, value: float, places: int = 0) -> str:
        """`+1.5`, `−3`; empty for nothing."""
        text = f"{abs(value):,.{places}f}"
        return ("+" if value > 0 else self.glyphs.minus) + text if text.strip("0.,") else ""

    def shown(self, line: str) -> str:
        """A finished line as the terminal can show it."""
        return line if self.glyphs is _DRAWN else line.replace("…", "~")

    def heading(self, text: str) -> str:
        """A line above others."""
        return self.paint(cut(text, self.width), "bold")


def _has(encoding: str | None, glyphs: Glyphs) -> bool:
    try:
        "".join(getattr(glyphs, one.name) for one in fields(glyphs)).encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _better(value: float) -> str:
    return "green" if value > 0 else "red" if value < 0 else ""


def _when(run: RecordedRun, by: str, narrow: bool = False) -> str:
    """The time of a run on the clock of this machine, as fine as the period is."""
    text = run.at.astimezone().strftime(_STAMPS[by])
    return text[5:] if narrow and by in ("run", "day") else text


def trend(picture: Picture, name: str, runs: Sequence[RecordedRun], last: int, by: str = "run") -> Iterator[str]:
    """The lines for runs of one catalog on one marketplace, oldest first: the `last` of them as bars, then what moved between the last two."""
    glyphs = picture.glyphs
    yield picture.heading(f"{clean(name)} {glyphs.dot} {clean(runs[-1].marketplace)}")
    first, latest = (_when(run, "day") for run in (runs[0], runs[-1]))
    yield picture.say("runs" if len(runs) > 1 else "one run", n=len(runs), first=first, last=latest, dash=glyphs.dash)
    yield ""
    left = max(0, len(runs) - last)
    if left:
        yield "  " + picture.paint(picture.say("earlier", n=left, all=len(runs)), "dim")
    yield from _table(picture, runs[left:], runs[left - 1] if left else None, by)
    yield ""
    before = runs[-2] if len(runs) > 1 else None
    yield picture.heading(picture.say("since", when=_when(before, by)) if before else picture.say("now"))
    yield from _distribution(picture, before, runs[-1])
    yield ""
    if before:
        yield from _moved(picture, before, runs[-1])
    else:
        yield picture.say("alone")


# --- a line a run ---


@dataclass(frozen=True, slots=True)
class _Column:
    """Cells of a table, aligned to the right, each with the style it is painted in."""

    head: str
    texts: Sequence[str]
    styles: Sequence[str]

    @property
    def width(self) -> int:
        return max(map(columns_of, (self.head, *self.texts)))

    def cell(self, at: int, paint: Paint) -> str:
        text = self.texts[at]
        return " " * (self.width - columns_of(text)) + (paint(text, self.styles[at]) if self.styles[at] else text)


def _columns(picture: Picture, pairs: Sequence[tuple[RecordedRun | None, RecordedRun]], by: str) -> list[_Column]:
    """Of each run, with the one before it: when, how many listings, score, its change, whether the gate failed; columns of blanks left out."""
    runs = [run for _, run in pairs]
    plain = [""] * len(runs)
    steps = [round(run.score - before.score, 1) if before else 0.0 for before, run in pairs]
    columns = [
        _Column("", [_when(run, by, picture.narrow) for run in runs], plain),
        _Column(picture.say("listings"), [f"{run.listings:,}" for run in runs], plain),
        _Column(picture.say("score"), [f"{run.score:.1f}" for run in runs], ["bold"] * len(runs)),
        _Column("", [picture.signed(step, 1) for step in steps], list(map(_better, steps))),
        _Column("", [picture.glyphs.failed if run.failed else "" for run in runs], ["red"] * len(runs)),
    ]
    if picture.narrow:
        del columns[1]
    return [column for column in columns if column.width]


def _head(picture: Picture, columns: Sequence[_Column], gap: str) -> str:
    heads = gap.join(" " * (column.width - columns_of(column.head)) + column.head for column in columns)
    return picture.paint(heads.rstrip(), "dim")


def _table(picture: Picture, runs: Sequence[RecordedRun], before: RecordedRun | None, by: str) -> Iterator[str]:
    """A legend and a head, then a line for each run, with a bar of its stars."""
    columns = _columns(picture, list(zip([before, *runs[:-1]], runs, strict=True)), by)
    gap = " " if picture.narrow else "  "
    room = picture.width - 2 - sum(column.width + len(gap) for column in columns)
    yield from _flow(_legend(picture, any(run.failed for run in runs)), picture.width - 2)
    yield f"  {_head(picture, columns, gap)}"
    for at, run in enumerate(runs):
        cells = gap.join(column.cell(at, picture.paint) for column in columns)
        yield f"  {cells}{gap}{_bar(picture, run.stars, max(_SHORTEST, min(room, _LONGEST)))}"


def _legend(picture: Picture, failed: bool) -> Iterator[tuple[str, int]]:
    """What the parts of a bar mean: painted texts with their widths."""
    signs = [(glyph, _COLOURS[level], picture.say("stars" if level > 1 else "one star", n=level)) for level, glyph in zip(_LEVELS, picture.glyphs.bars, strict=True)]
    if failed:
        signs.append((picture.glyphs.failed, "red", picture.say("failed")))
    for glyph, colour, text in signs:
        yield f"{picture.paint(glyph, colour)} {text}", columns_of(glyph) + 1 + columns_of(text)


def _flow(pieces: Iterable[tuple[str, int]], width: int) -> Iterator[str]:
    """Lines of pieces, each a text with its width, broken between them."""
    line, used = "", 0
    for text, columns in pieces:
        if used and used + 3 + columns > width:
            yield f"  {line}"
            line, used = "", 0
        line, used = (f"{line}   {text}", used + 3 + columns) if used else (text, columns)
    if line:
        yield f"  {line}"


def _bar(picture: Picture, stars: Mapping[int, int], width: int) -> str:
    """The listings of a run by their stars, best first, in so many columns."""
    parts = shares([stars.get(level, 0) for level in _LEVELS], width)
    return "".join(picture.paint(glyph * part, _COLOURS[level]) for level, glyph, part in zip(_LEVELS, picture.glyphs.bars, parts, strict=True))


def shares(counts: Sequence[int], width: int) -> list[int]:
    """`width` columns shared out in proportion to the counts; none that counts anything gets less than one where there are enough."""
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    exact = [count / total * width for count in counts]
    out = [max(1, int(one)) if count else 0 for one, count in zip(exact, counts, strict=True)]
    while sum(out) != width:
        step = 1 if sum(out) < width else -1
        # The part that is furthest from its share gives or takes; one that would vanish does so last.
        at = max(range(len(out)), key=lambda at: (step > 0 or out[at] > 1, (exact[at] - out[at]) * step, counts[at]))
        out[at] += step
    return out


# --- what moved ---


def _distribution(picture: Picture, before: RecordedRun | None, run: RecordedRun) -> Iterator[str]:
    """A line a level: how many listings have it, which share that is, and how many more than before."""
    counts = [run.stars.get(level, 0) for level in _LEVELS]
    moved = [picture.signed(count - before.stars.get(level, 0)) if before else "" for level, count in zip(_LEVELS, counts, strict=True)]
    digits, signs = len(f"{max(counts):,}"), max(map(len, moved))
    room = max(_SHORTEST, min(_LONGEST, picture.width - 2 - 5 - 2 - digits - 2 - 4 - 2 - (signs + 2 if signs else 0)))
    solid = picture.glyphs.bars[0] if picture.glyphs is _DRAWN else "#"
    for level, count, step in zip(_LEVELS, counts, moved, strict=True):
        share = f"{100 * count / run.listings:.0f}%" if run.listings else "0%"
        change = picture.paint(f"{step:>{signs}}", _better((level - 2.5) * (1 if step.startswith("+") else -1))) + "  " if signs else ""
        bar = picture.paint(solid * round(count / max(1, *counts) * room), _COLOURS[level])
        yield f"  {picture.stars(level)}  {count:>{digits},}  {share:>4}  {change}{bar}".rstrip()


@dataclass(frozen=True, slots=True)
class _Step:
    """A value before and after, and the sign of what a person wants of it: 1 up, -1 down, 0 neither."""

    name: str
    before: float
    after: float
    wanted: int
    places: int = 0


def _moved(picture: Picture, before: RecordedRun, run: RecordedRun) -> Iterator[str]:
    moved = changes(before, run)
    steps = [
        _Step(picture.say("score"), before.score, run.score, 1, 1),
        _Step(picture.say("findings"), before.findings, run.findings, -1),
        _Step(picture.say("listings"), before.listings, run.listings, 0),
    ]
    steps += [_Step(SECTION_NAMES[name].get(picture.lang), before.sections[name], run.sections[name], 1, 1) for name, by in moved.sections.items() if by]
    most = [_Step(one.rule, one.before or 0, one.after or 0, -1) for one in moved.rules[:_COMMONEST]]
    names = max(columns_of(cut(one.name, picture.width - 26)) for one in (*steps, *most))
    yield from _steps(picture, steps, names)
    if most:
        yield ""
        yield picture.heading(picture.say("moved"))
        yield from _steps(picture, most, names)
        if len(moved.rules) > len(most):
            yield "  " + picture.paint(picture.say("more", n=len(moved.rules) - len(most)), "dim")
    notes = [picture.say(word, rules=_listed(rules)) for word, rules in (("begun", moved.begun), ("ended", moved.ended)) if rules]
    versions = [" ".join(filter(None, (one.version, one.rule_set))) for one in (before, run)]
    if versions[0] != versions[1]:
        notes.append(picture.say("version", before=versions[0], after=versions[1], arrow=picture.glyphs.arrow))
    if notes:
        yield ""
    for note in notes:
        yield from wrap(note, picture.width, picture.width)


def _listed(rules: Sequence[RuleChange]) -> str:
    return ", ".join(f"{one.rule} {one.after if one.before is None else one.before:,}" for one in rules)


def _steps(picture: Picture, steps: Sequence[_Step], names: int) -> Iterator[str]:
    """`score  68.2 → 71.0  +2.8`, aligned."""
    texts = [[f"{value:,.{step.places}f}" for value in (step.before, step.after)] for step in steps]
    left, right = (max(len(pair[at]) for pair in texts) for at in (0, 1))
    for step, (was, now) in zip(steps, texts, strict=True):
        by = step.after - step.before
        change = picture.signed(by, step.places)
        painted = picture.paint(change, _better(by * step.wanted)) if step.wanted else change
        yield f"  {pad(cut(clean(step.name), names), names)}  {was:>{left}} {picture.glyphs.arrow} {now:>{right}}  {painted}".rstrip()


# --- all catalogs ---


def overview(picture: Picture, rows: Sequence[tuple[CatalogRuns, Sequence[RecordedRun]]]) -> Iterator[str]:
    """A line for each catalog and marketplace: the latest run, its score and change, and how the score went."""
    found = []
    for one, runs in rows:
        for marketplace in dict.fromkeys(run.marketplace for run in reversed(runs)):
            found.append((f"{clean(one.identity.name)} {picture.glyphs.dot} {clean(marketplace)}", [run for run in runs if run.marketplace == marketplace]))
    if not found:
        return
    columns = _columns(picture, [(runs[-2] if len(runs) > 1 else None, runs[-1]) for _, runs in found], "day")
    taken = sum(column.width + 2 for column in columns)
    names = min(max(columns_of(name) for name, _ in found), max(12, picture.width - 2 - taken))
    sparks = min(_SPARKS, picture.width - 2 - names - taken - 2)
    yield picture.heading(picture.say("overview", n=len(rows)))
    yield ""
    yield f"  {' ' * names}  {_head(picture, columns, '  ')}"
    for at, (name, runs) in enumerate(found):
        cells = "  ".join(column.cell(at, picture.paint) for column in columns)
        yield f"  {pad(cut(name, names), names)}  {cells}  {_spark(picture, [run.score for run in runs], sparks)}".rstrip()


def _spark(picture: Picture, scores: Sequence[float], width: int) -> str:
    """How the latest scores went, one column each, from the lowest to the highest of them; small moves stay small."""
    levels = picture.glyphs.sparks
    shown = scores[-width:] if width > 1 else ()
    if not levels or len(shown) < 2:
        return ""
    middle, span = (max(shown) + min(shown)) / 2, max(10.0, max(shown) - min(shown))
    return "".join(levels[round(((score - middle) / span + 0.5) * (len(levels) - 1))] for score in shown)
