# wuzhang status: who reported.

status-title = Reports of { $period }: { $units ->
        [one] 1 unit
       *[other] { $units } units
    }, { $owed } owed
status-no-inbox = The inbox has no folder for this period yet.
status-unit = Unit
status-report = Report
status-state = State
status-due = Due
status-came = Came
status-by = Says
status-rows = Rows
status-file = File
status-note = Remark
status-late = { $days ->
        [one] 1 day late
       *[other] { $days } days late
    }
status-returned = { $times ->
        [one] corrected once
       *[other] corrected { $times } times
    }
status-extra = { $state } (not owed)
status-by-report = By report  { $each }
status-by-unit = By unit    { $each }
status-reports-of = { $count } { $state } ({ $percent })
status-units-of = { $count } { $state } ({ $percent })
status-unknown = Files of nobody knows which unit: { $files }
status-absent = Files that the sheet 收文 of the settings lists and the inbox lacks: { $files }
status-former = Files that came and are no longer in the inbox:
status-former-of = { $file } ({ $digest })
