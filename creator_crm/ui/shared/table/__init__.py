"""The one table of the application, and the board: virtual rows over a vector of ids."""
