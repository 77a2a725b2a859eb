"""JSON values, and JSON with some of its values changed for others."""

import copy
from typing import Any

from hypothesis import strategies as st

from tests.strategies import TRAPS, any_texts

HOSTILE_TEXTS = (
    *("", " ", "\0", "/", "..", "../..", "../../etc/passwd", "~", "C:\\", "a" * 5_000, "%00", "é"),
    *("<script>", "javascript:1", "\x1b]52;c;x\x07", "\r\nx: y", "nan", "2023-02-30", "9" * 5_000),
    *("https://news.example/x", "//x", "http://[", "a\nb", "\ud800", "{}", "[]", "null", "'", '"'),
    *TRAPS,
)
_FILE = {"path": "https://news.example/p.png", "meta": {"_type": "gradio.FileData"}}
_leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from((-1, 0, 1, 2**31, 2**63, -(2**63) - 1, 10**400, 1e308, -0.0, 0.5)),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(HOSTILE_TEXTS),
    any_texts,
    st.just(_FILE),
)
json_values = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(HOSTILE_TEXTS) | st.text(max_size=9), inner, max_size=4),
    ),
    max_leaves=8,
)


@st.composite
def changed_json(draw: st.DrawFn, value: Any) -> Any:
    """Return a JSON value in which a few of its parts are others, gone, or there again."""
    changed = [copy.deepcopy(value)]
    for _ in range(draw(st.integers(1, 4))):
        holder, key = draw(st.sampled_from(_places(changed)))
        kind = draw(st.sampled_from(("other", "other", "other", "gone", "again")))
        if kind == "gone" and holder is not changed:
            del holder[key]
        elif kind == "again" and isinstance(holder, list) and holder is not changed:
            holder.insert(key, copy.deepcopy(holder[key]))
        else:
            holder[key] = copy.deepcopy(draw(json_values))  # what is drawn may be drawn again
    return changed[0]


def _places(root: list[Any]) -> list[tuple[Any, Any]]:
    """Return every list or object below a root, each with the key of each of its values."""
    found: list[tuple[Any, Any]] = []
    waiting: list[Any] = [root]
    while waiting:
        holder = waiting.pop()
        keys = range(len(holder)) if isinstance(holder, list) else [*holder]
        for key in keys:
            found.append((holder, key))
            if isinstance(holder[key], (list, dict)):
                waiting.append(holder[key])
    return found
