"""Reads acknowledgements with other people's readers: pyx12 for X12, pydifact for CONTRL. Prints a line a file."""

import sys

import pyx12.x12file
from pydifact.segmentcollection import Interchange

for path in sys.argv[1:]:
    with open(path, "rb") as file:
        data = file.read()
    if data.startswith(b"ISA"):
        reader = pyx12.x12file.X12Reader(path)
        tags = [segment.get_seg_id() for segment in reader]
        reader.cleanup()
        faults = reader.pop_errors()
    else:
        interchange = Interchange.from_str(data.decode("latin-1"))
        tags = [s.tag for m in interchange.get_messages() for s in m.segments]
        faults = []
    print(f"{' '.join(tags)}|{faults}")
