"""One module for each subcommand of `clausewise`."""
