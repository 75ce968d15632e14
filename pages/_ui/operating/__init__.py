"""What whoever runs the server needs: when it is ready, how it does, and who may see that.

warming.py     the first visitor after a start      counted.py    what was done
access.py      who may see counts                   told.py       all of it, for Prometheus and for a person
origins.py     whose pages may open a line
"""
