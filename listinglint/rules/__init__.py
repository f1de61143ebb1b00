"""The rules: one module each, found by `registry`; the vocabulary they are written in is `rule` and `analysis`."""
