"""The actions of the notebook as tools: each on the notebook of whoever calls."""

from collections.abc import Callable
from functools import partial
from inspect import Parameter, cleandoc, signature
from typing import Any, get_type_hints

import gradio as gr
from anyio.to_thread import run_sync
from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError

from retriever import QuotidianError
from webui.programs.notebook import NOTEBOOK_NAMES, NotebookActions
from webui.security.guard import basic

Tool = Callable[..., Any]


def add_notebook_tools(server: MCPServer[Any], actions: NotebookActions, *, accounts: bool) -> None:
    """Add the actions to a server; with ``accounts`` whose notebook it is follows from who calls.

    Whoever calls gave user and password, as HTTP Basic, which were checked before.
    """
    for name in NOTEBOOK_NAMES:
        action = getattr(actions, name)
        server.add_tool(
            _for_caller(action, accounts=accounts),
            name=name,
            description=cleandoc(action.__doc__),
            structured_output=True,
        )


def _for_caller(action: Tool, *, accounts: bool) -> Tool:
    """Return the action with the call's context in place of the request that the page has."""

    async def called(ctx: Context[Any, Any], **named: Any) -> dict[str, Any]:  # noqa: ANN401
        caller = gr.Request(username=_user_of(ctx) if accounts else None)
        try:
            done: dict[str, Any] = await run_sync(partial(action, request=caller, **named))
        except QuotidianError as error:
            raise ToolError(str(error)) from error
        return done

    own = signature(action)
    taken = [one for one in own.parameters.values() if one.name != "request"]
    context = Parameter("ctx", Parameter.KEYWORD_ONLY, annotation=Context)
    called.__signature__ = own.replace(parameters=[*taken, context])  # type: ignore[attr-defined]
    hints = {name: hint for name, hint in get_type_hints(action).items() if name != "request"}
    called.__annotations__ = hints | {"ctx": Context}
    return called


def _user_of(ctx: Context[Any, Any]) -> str | None:
    """Return who calls, by the header that was checked; nobody without one."""
    return basic((ctx.headers or {}).get("authorization", ""))[0] or None
