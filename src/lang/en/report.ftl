# What wuzhang run prints.

report-done = { $period } is done
report-read = Read       { $files ->
        [one] 1 file
       *[other] { $files } files
    }{ $unopened ->
        [0] {""}
       *[other] {" "}({ $unopened } could not be opened)
    }, { $sheets ->
        [one] 1 sheet
       *[other] { $sheets } sheets
    }
report-rows = Rows       { $all } in all: { $merged } merged, { $aside } set aside{ $off ->
        [0] {""}
       *[other] , { $off } taken off the list by decision
    }, { $passed } passed over
report-rows-why = Rows       { $all } in all: { $merged } merged, { $aside } set aside{ $off ->
        [0] {""}
       *[other] , { $off } taken off the list by decision
    }, { $passed } passed over ({ $why })
report-rows-of = { $what } { $count }
report-owed = Reports    { $all } owed: { $each }
report-owed-of = { $count } { $state }
report-doubtful = Layouts    { $count ->
        [one] 1 sheet is in doubt
       *[other] { $count } sheets are in doubt
    } (版式存疑 in the check report)
report-rules = Rules      { $all } held{ $silent ->
        [0] {""}
       *[other] , { $silent } of them not evaluable for some row (规则执行 in the check report)
    }
report-books = Books
report-books-of = { $count ->
        [one] 1 row
       *[other] { $count } rows
    }
report-decisions = Decisions
report-decisions-of = { $count }
report-findings = Findings
report-findings-of = { $count }
report-county = The county
report-schedules = Schedules
report-documents = Made
report-returns = { $folder } ({ $count ->
        [one] 1 return
       *[other] { $count } returns
    }: { $each })
report-returns-of = { $count } { $status }
report-recorded = The ledger has it as this period's run { $number }
report-same = The same in all as this period's run { $number }: the ledger has nothing new
report-notice = { $notice }.
report-nothing = No row of any book was read: see with wuzhang inspect how the sheets in the inbox are read.
report-errors = Some findings must be mended: give the returns back to their units, and run again when they have come.
