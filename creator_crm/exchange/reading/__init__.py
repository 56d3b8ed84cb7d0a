"""How a sheet of rows is got out of any file without trusting the file."""
