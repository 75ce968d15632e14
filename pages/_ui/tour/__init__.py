"""A tour: states of pages strung together with a note each, carried whole by one link or one file.

nouns.py is what it is and how it checks itself, carrying.py its link and its file, saying.py a step in words; going.py
leads a session to a page in exactly a link's state, bar.py is what shows on every page, desk.py where one is made.
"""
