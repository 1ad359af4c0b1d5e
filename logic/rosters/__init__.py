"""Rosters as they arrive, up to the door: pure steps from a file's bytes to values and problems.

1. `reading.read(data, name)` → Book: sheets of texts; `reading.pasted(text)` for a block.
2. `offering.offers(book)` → an Offer for each sheet: its table, which register it seems to be, why.
   Behind it stand `heading.find(sheet)` (or `heading.chosen(sheet, top, bottom)` where somebody
   points at the header) and `tables.table(sheet, heading)`: rows without titles and feet.
3. `mapping.guess(table, register)` → Mapping: a Choice for each column, with its reason.
   `mapping.corrected(…)` takes what somebody decides; `mapping.saved(…)` is kept under
   `Mapping.signature` and comes back by `mapping.recalled(…)`.
4. `checking.check(table, mapping)` → Checked: values by target's name, rows' numbers, households,
   every Problem.
5. `marking.marked(data, book, problems, day)` → the same workbook back, its bad cells marked.

Whatever cannot be taken in raises `sheets.Unreadable` with one sentence for the clerk. Nothing here
reads or writes the database: matching with stored rows, preview and writing come after.
"""
