"""Quotidian: ask your articles a question; they answer in their own words.

    >>> from retriever import build, open_index
    >>> build("seeds", index=".quotidian")            # doctest: +SKIP
    >>> open_index(".quotidian").ask("Who did Rudenko meet?")    # doctest: +SKIP

The public names stand in ``__init__.pyi`` and are loaded when they are first used, so importing the
package costs nothing.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
