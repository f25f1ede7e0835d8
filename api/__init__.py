"""The service, the command line and the page."""
