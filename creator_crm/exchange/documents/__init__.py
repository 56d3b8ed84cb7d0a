"""Documents that go out: their text in sections, as Markdown, plain text and HTML."""
