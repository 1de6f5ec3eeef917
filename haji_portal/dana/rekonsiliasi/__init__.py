"""Statement against book, per partner and day: every row of both sides in exactly one class.

mutasi    a statement's rows, from JSON or from a file, and the one form in which a statement is kept
kelas     the classes (pure)
bayaran   the book's side
jalan     one statement: kept, classed, and what it proves brought to its end
harian    what happens by itself every morning
kabar     who is told
"""
