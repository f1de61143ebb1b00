"""`python -m listinglint`."""

from listinglint.cli import main

main()
