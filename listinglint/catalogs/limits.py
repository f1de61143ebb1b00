"""Bounds on what a source may hold: input is hostile until it is parsed."""

MAX_CELL = 1_000_000
"""Characters of one cell; what is longer is cut and reported."""

MAX_PARSED_CELL = 32_000_000
"""Characters of one CSV cell that the parser takes at all: past this a quote was never closed."""

MAX_UNPACKED = 2_000_000_000
"""Bytes that the members of a workbook may unpack to, all together."""

MAX_RATIO = 200
"""How many times larger than its packed form a big member of a workbook may be."""

MAX_JSON = 500_000_000
"""Bytes of a `.json` file: an array is parsed as a whole."""

MAX_LINE = 64_000_000
"""Bytes of one line of JSON lines."""

HEADER_ROWS = 20
"""The header is looked for in so many first rows."""

SAMPLE_ROWS = 50
"""Rows under the header that are looked at to tell Chinese columns from English ones."""
