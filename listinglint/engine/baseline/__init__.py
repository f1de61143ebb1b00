"""Findings that were there before, which the gate forgives: their file, the forgiving, and the file written anew."""

from listinglint.engine.baseline.baseline import Baseline
from listinglint.engine.baseline.entries import BaselineError, Entry, Head, read_baseline, text_of
from listinglint.engine.baseline.places import Place, Places

__all__ = ["Baseline", "BaselineError", "Entry", "Head", "Place", "Places", "read_baseline", "text_of"]
