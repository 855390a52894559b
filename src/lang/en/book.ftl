# wuzhang book: a form of the office's own.

book-drafted = Drafted the book “{ $title }” from the sheet “{ $sheet }”: { $path }
book-read = Read by it: { $rows ->
        [one] 1 row
       *[other] { $rows } rows
    }. Check the kinds and names of the columns, mend them, and run wuzhang book check.
book-read-nothing = Read by it: 0 rows. Nothing was read: check words in the file, and the spellings of its fields.
book-subject = { $kind } (what a row is about)
book-amount = amount
book-rate = rate
book-count = count
book-number = number
book-date = date
book-choice = choice
book-text = text
book-sound = Books and measures are free of faults:
book-fields = { $count } fields
book-rules = { $count } rules
book-measures = { $count } measures
book-rankings = { $count } rankings
