"""The seller's configuration: what is selected, what is overridden, what the seller holds, and the file it stands in.

The file is `listinglint.toml`, or the table `[tool.listinglint]` of a `pyproject.toml`, in the catalog's folder or the
nearest folder above it. Paths in it are relative to the file.
"""

from listinglint.config.category_file import read_categories
from listinglint.config.errors import ConfigError
from listinglint.config.finding import FILE_NAME, find_config
from listinglint.config.layers import override_of
from listinglint.config.reader import Config, load_config
from listinglint.config.settings import FAIL_ON, SEVERITIES, Limits, Override, Selection, Seller, Settings

__all__ = [
    "FAIL_ON",
    "FILE_NAME",
    "SEVERITIES",
    "Config",
    "ConfigError",
    "Limits",
    "Override",
    "Selection",
    "Seller",
    "Settings",
    "find_config",
    "load_config",
    "override_of",
    "read_categories",
]
