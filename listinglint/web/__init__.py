"""The local web server: the page on which one types and sees, and the HTTP API. Needs the extra `listinglint[web]`."""
