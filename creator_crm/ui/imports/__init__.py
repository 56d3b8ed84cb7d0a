"""The import wizard: from a file that somebody has to records of the workspace, one page a step."""
