# wuzhang inspect: how a sheet is read.

inspect-hidden = { $file } › { $sheet } (a hidden sheet)
inspect-book-why = Book: { $book } (by its headings: { $why })
inspect-book = Book: { $book }
inspect-no-book = Book: none
inspect-unit = Reported by: { $unit }
inspect-no-unit = Reported by: does not say
inspect-header = Header: row { $row }
inspect-headers = Header: rows { $first } to { $last }
inspect-columns = Columns
inspect-unused = unused
inspect-amount = amount ({ $unit })
inspect-amount-unknown = amount (unit unknown)
inspect-rate = rate
inspect-number = number
inspect-date = date
inspect-choice = choice
inspect-text = text
inspect-values = { $count ->
        [one] 1 value
       *[other] { $count } values
    }
inspect-rows = Rows: { $each }
inspect-rows-of = { $count } { $kind }
inspect-doubts = In doubt ({ $count })
inspect-changes = Changed on reading, the meaning is the same ({ $count })
inspect-no-doubt = Nothing is in doubt
inspect-row = row { $row }
inspect-column = column { $column }
inspect-whole = sheet
inspect-level = [{ $level }] { $finding }
inspect-layout = Layout: { $fingerprint }
inspect-workspace = WORKSPACE
inspect-confirm = Confirm this layout as it is read above, and it is not asked about again (to change a column, add --column COLUMN=FIELD):
inspect-confirm-none = Confirm that it is no sheet of a book, and it is not asked about again (if it is one, put the book's name for -):
