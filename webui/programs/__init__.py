"""What other programs use: endpoints, MCP tools, saved files, feedback."""
