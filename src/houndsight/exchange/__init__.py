"""In and out: the records of a diary as files that other programs read, and back.

Comes in: records, files. Goes out: files, records and a report of what was taken and what not. May import: knowledge (names,
wording), records, errors, and the library of each format in the one module that needs it.
"""
