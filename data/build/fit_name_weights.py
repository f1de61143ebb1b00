"""Fits the weights of the models that read titles: `data/lexicons/name_weights.csv`.

    python data/build/fit_name_weights.py brand|head LABELLED.jsonl[=WEIGHT]… [--ridge 3] [--folds 5] [--write]

Each file holds one object a line, `{"title": …, "brand": … or null}` for brands, `{"title": …, "product": [names] or null}` or
`{"title": …, "heads": [stems that would do]}` for heads; `WEIGHT` is what a title of the file counts (1
by default). A model gives every candidate of a title the sum of its features' weights and chooses by the softmax of the
sums; the weights are those of the greatest likelihood under a ridge penalty. Without `--write` only the figures of a
cross-validation are printed. Weights name kinds of words, never words. Needs numpy and scipy.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from listinglint import lexicons
from listinglint.language.names.brand import brand_text, known_brand, later_brand
from listinglint.language.names.heads import possible_ends
from listinglint.language.names.makers import CERTAIN, Context, features
from listinglint.language.names.parse import blank_brackets, full_name
from listinglint.language.names.pieces import Reading
from listinglint.language.names.second_look import candidates
from listinglint.language.names.second_look import word_features as head_features
from listinglint.language.thesaurus import thesaurus

LEAST_SEEN = 3
"""A feature of fewer titles is left out."""
SMALLEST = 0.02
"""A weight nearer to nothing is left out."""


class Case(NamedTuple):
    """A title's candidates with their features, which of them are right (-1 for none), and its weight."""

    title: str
    wanted: str | None
    texts: list[str]
    features: list[list[str]]
    right: frozenset[int]
    weight: float
    later: str | None
    """What is taken where no candidate is."""


def plain_names(count: int, weight: float, heads: bool) -> list[Case]:
    """Names of the thesaurus as titles: alone, with a colour or a material, for and with something; none holds a brand."""
    random.seed(11)
    names = [name for group in thesaurus() for name in group.names if " " in name]
    colours, materials = (sorted(lexicons.word_list(kind)) for kind in ("colours", "materials"))
    patterns = ("{0}", "{0}", "{2} {0}", "{0}, {1}", "{0} for {3}", "{0} with {3}", "{2} {0} {3}")
    if heads:
        patterns = (*patterns[:-1], "{1} {0} / {2}", "{0} + {3}", "{0} - {1}, 220V", "2 Pcs {0} ({1})")
    found = []
    for at, name in enumerate(random.sample(names, count)):
        words = (name, random.choice(colours), random.choice(materials), random.choice(names))
        title = patterns[at % len(patterns)].format(*words)
        title = title.title() if at % 4 else title
        row = {"title": title, "product": [name]}
        case = head_case(row, weight) if heads else case_of(title, None, weight)
        if case is not None:
            found.append(case)
    return found


def fold(text: str | None) -> str:
    return " ".join((text or "").lower().split())


def case_of(title: str, brand: str | None, weight: float) -> Case | None:
    reading = Reading(title)
    if not reading.roles:
        return None
    roles = blank_brackets(reading.roles)[1] if "(" in reading.roles else reading.roles
    known = known_brand(reading, roles)
    head, start = full_name(reading, roles, None, known, frozenset())
    texts, names = [], []
    for place, found in features(Context(reading, roles, start, head, known)):
        begin, end = brand_text(reading, place)
        texts.append(fold(title[begin:end]))
        names.append(found)
    wanted = fold(brand)
    right = frozenset((-1,))
    if wanted in texts:
        right = frozenset((texts.index(wanted),))
    elif wanted and any(wanted.startswith(text) for text in texts):
        right = frozenset()
    later = later_brand(reading, roles, head)
    text = fold(title[slice(*brand_text(reading, later))]) if later else None
    return Case(title, wanted or None, texts, names, right, weight, text)


def head_case(row: dict[str, Any], weight: float) -> Case | None:
    """A title's possible heads; those that end an accepted name, or whose stems would do, are right."""
    title = row["title"]
    reading = Reading(title)
    if not reading.roles:
        return None
    roles = blank_brackets(reading.roles)[1] if "(" in reading.roles else reading.roles
    found = candidates(reading, roles, known_brand(reading, roles), possible_ends(reading, roles))
    names = [[*place, *(f"w:{name}" for name in head_features(word))] for _, word, place in found]
    stems = row.get("heads")
    ends = {title.lower().find(name.lower()) + len(name) for name in row.get("product") or () if name.lower() in title.lower()}
    right = {
        which for which, (at, word, _) in enumerate(found) if (word.stem in stems if stems else reading.end(at) in ends)
    }
    texts = [word.low for _, word, _ in found]
    if not stems and not row.get("product"):
        return Case(title, None, texts, names, frozenset((-1,)), weight, None)
    return Case(title, "|".join(sorted(texts[which] for which in right)) or "?", texts, names, frozenset(right), weight, None)


class Model:
    """Weights by feature, fitted on cases."""

    def __init__(self, cases: Sequence[Case], ridge: float) -> None:
        seen = Counter(name for case in cases for name in {name for found in case.features for name in found})
        self.columns = {name: at for at, name in enumerate(sorted(n for n, count in seen.items() if count >= LEAST_SEEN))}
        usable = [case for case in cases if case.right and case.features]
        indices: list[int] = []
        ends, starts, right = [0], [], []
        for case in usable:
            starts.append(len(ends) - 1)
            ends.append(len(indices))
            right += [which in case.right for which in range(-1, len(case.features))]
            for found in case.features:
                indices += [self.columns[name] for name in found if name in self.columns]
                ends.append(len(indices))
        rows = sparse.csr_matrix((np.ones(len(indices)), indices, ends), shape=(len(ends) - 1, len(self.columns)))
        counts = np.array([case.weight for case in usable])
        sizes = np.diff([*starts, len(ends) - 1])
        good = np.array(right, dtype=float)

        def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
            scores = rows @ weights
            top = np.maximum.reduceat(scores, starts)
            powers = np.exp(scores - np.repeat(top, sizes))
            sums = np.add.reduceat(powers, starts)
            goods = np.add.reduceat(powers * good, starts) + 1e-12
            slope = (powers * good / np.repeat(goods, sizes) - powers / np.repeat(sums, sizes)) * np.repeat(counts, sizes)
            value = (counts * (np.log(goods) - np.log(sums))).sum()
            return -value + ridge * 0.5 * (weights @ weights), -(rows.T @ slope) + ridge * weights

        self.weights = minimize(loss, np.zeros(len(self.columns)), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x

    def table(self) -> dict[str, float]:
        pairs = ((name, float(self.weights[at])) for name, at in self.columns.items())
        return {name: weight for name, weight in pairs if abs(weight) >= SMALLEST}

    def choose(self, case: Case, certain: float = CERTAIN) -> str | None:
        scores = np.array([0.0] + [sum(self.weights[self.columns[n]] for n in f if n in self.columns) for f in case.features])
        powers = np.exp(scores - scores.max())
        chances = powers / powers.sum()
        if not certain:
            best = int(chances.argmax()) - 1
            return case.texts[best] if best >= 0 else None
        best = int(chances[1:].argmax()) if len(chances) > 1 else 0
        return case.texts[best] if len(chances) > 1 and chances[best + 1] > certain else case.later


def f1(pairs: Sequence[tuple[str | None, str | None]]) -> float:
    """F1 of found against wanted brands."""
    hits = sum(found is not None and found == wanted for found, wanted in pairs)
    asked = sum(wanted is not None for _, wanted in pairs)
    given = sum(found is not None for found, _ in pairs)
    return 2 * hits / max(1, asked + given)


def report(name: str, pairs: Sequence[tuple[str | None, str | None]], heads: bool) -> None:
    if heads:
        right = sum(found in (wanted.split("|") if wanted else (None,)) for found, wanted in pairs)
        print(f"{name}: {right / len(pairs):.4f} of {len(pairs)} titles right, cross-validated")
        return
    wrong = sum(brand is not None and wanted is None for brand, wanted in pairs)
    print(f"{name}: F1 {f1(pairs):.4f} over {len(pairs)} titles, {wrong} brands where there is none, cross-validated")


def cross_validate(files: dict[str, list[Case]], ridge: float, folds: int, heads: bool) -> None:
    random.seed(7)
    places = {name: [random.randrange(folds) for _ in cases] for name, cases in files.items()}
    pairs: dict[str, list[tuple[str | None, str | None]]] = {name: [] for name in files}
    for one in range(folds):
        train = [c for name, cases in files.items() for c, place in zip(cases, places[name], strict=True) if place != one]
        model = Model(train, ridge)
        for name, cases in files.items():
            pairs[name] += [(model.choose(c, 0.0 if heads else CERTAIN), c.wanted) for c, place in zip(cases, places[name], strict=True) if place == one]
    for name, found in pairs.items():
        report(name, found, heads)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", choices=["brand", "head"])
    parser.add_argument("files", nargs="+")
    parser.add_argument("--ridge", type=float, default=3.0)
    parser.add_argument("--names", type=int, default=1500, help="so many names of the thesaurus are titles without a brand")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    files: dict[str, list[Case]] = {}
    heads = options.model == "head"
    for entry in options.files:
        path, _, weight = entry.partition("=")
        rows = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines() if line.strip()]
        cases = (
            head_case(row, float(weight or 1)) if heads else case_of(row["title"], row.get("brand"), float(weight or 1))
            for row in rows
        )
        files[Path(path).stem] = [case for case in cases if case is not None]
    if options.names:
        files["names"] = plain_names(options.names, 0.05 if heads else 0.3, heads)
    if options.folds > 1:
        cross_validate(files, options.ridge, options.folds, heads)
    if options.write:
        table = Model([case for cases in files.values() for case in cases], options.ridge).table()
        write(options.model, table)


def write(model: str, table: dict[str, float]) -> None:
    """Puts the weights of a model in the place of its old ones."""
    path = lexicons.data_dir() / "lexicons" / "name_weights.csv"
    kept = [row for row in lexicons.table("name_weights") if row["model"] != model] if path.exists() else []
    rows = [(row["model"], row["feature"], row["weight"]) for row in kept]
    rows += [(model, name, f"{weight:.3f}") for name, weight in sorted(table.items())]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("# Weights of the models that read titles, by the names of features; fitted by data/build/fit_name_weights.py.\n")
        file.write("# Origin: numbers fitted for listinglint. Licence: MIT, as the project.\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("model", "feature", "weight"))
        writer.writerows(sorted(rows))
    print(f"{path}: {len(table)} weights of {model}")


if __name__ == "__main__":
    main()
