"""The outermost layer: HTTP, the chat page and widget, and the command line."""
