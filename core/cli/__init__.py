"""The command line: the same engine without a window. A new file here that declares a `Command` is a new command."""
