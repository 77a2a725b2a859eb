"""The actions as tools of the Model Context Protocol, over HTTP beside the page and over stdio.

Gradio has a server for this protocol too, but it gives a tool's result as Python prints it and
holds back pydantic; the protocol's own library gives exactly the answer's JSON.
"""

from collections.abc import Awaitable, Callable
from functools import partial, wraps
from importlib.metadata import version
from inspect import cleandoc
from typing import Any

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette

from retriever import Index, Notebooks, QuotidianError
from webui.components import ANSWERED_AT_A_TIME
from webui.programs.drafts import DRAFT_NAMES, DraftActions
from webui.programs.endpoints import Actions
from webui.programs.mentions import MentionActions
from webui.programs.notebook import NotebookActions
from webui.programs.notebook_tools import add_notebook_tools

NAMES = ("search", "ask", "article", "verify", "list_articles")
COUNTING_NAMES = ("mentions",)
PATH = "/mcp"
_PURPOSE = (
    "Search and question a collection of news articles. Answers are verbatim quotes with their "
    "sources; nothing is generated. Quote only text that a tool returned, and name its article. "
    "To count or list every mention of words, use mentions, whose counts are exact. "
    "If ask says not_found, no answer was found: closest passages are not one, and only what is "
    "listed as unknown certainly stands in no article."
)


def tools_over(
    index: Index, notebooks: Notebooks | None = None, *, accounts: bool = False
) -> MCPServer[Any]:
    """Return a server with all tools named above over an index, not yet running.

    With ``notebooks`` it has those of the notebook as well: of whoever asks, where there are
    ``accounts``.
    """
    server: MCPServer[Any] = MCPServer(
        "Quotidian", instructions=_PURPOSE, version=version("quotidian"), log_level="WARNING"
    )
    at_once = CapacityLimiter(ANSWERED_AT_A_TIME)
    families = (
        (Actions(index), NAMES),
        (MentionActions(index), COUNTING_NAMES),
        (DraftActions(index), DRAFT_NAMES),
    )
    for name, action in ((name, getattr(own, name)) for own, names in families for name in names):
        server.add_tool(
            _tool(action, at_once),
            name=name,
            description=cleandoc(action.__doc__),
            structured_output=True,
        )
    if notebooks is not None:
        add_notebook_tools(server, NotebookActions(notebooks), accounts=accounts)
    return server


def over_http(server: MCPServer[Any]) -> Starlette:
    """Return the server as an application at :data:`PATH`; each request stands alone.

    Who may ask is checked before it, as for the page.
    """
    return server.streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )


def _tool(
    action: Callable[..., dict[str, Any]], at_once: CapacityLimiter
) -> Callable[..., Awaitable[dict[str, Any]]]:
    """Return the action for a caller that waits meanwhile, its errors as one line each."""

    @wraps(action)
    async def called(*given: Any, **named: Any) -> dict[str, Any]:  # noqa: ANN401 - as it takes
        try:
            return await run_sync(partial(action, *given, **named), limiter=at_once)
        except QuotidianError as error:
            raise ToolError(str(error)) from error

    return called
