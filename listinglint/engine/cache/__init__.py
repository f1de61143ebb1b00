"""Keeps what was found in a listing for as long as its text, the rules and the settings stay the same.

Results are the same with and without it. What a listing was judged by goes into its key (`keys`) or, for what only some listings ask
for, into its entry, which is looked through before it is used (`entries`); entries lie in a file that several runs may share (`file`).
"""

from listinglint.engine.cache.file import LIMIT, CacheFile, default_folder
from listinglint.engine.cache.keys import why_uncached
from listinglint.engine.cache.listings import ListingCache, Noted, listing_cache

__all__ = ["LIMIT", "CacheFile", "ListingCache", "Noted", "default_folder", "listing_cache", "why_uncached"]
