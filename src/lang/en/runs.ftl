# wuzhang runs and wuzhang rerun: the recorded runs.

runs-new = recorded as run { $number }
runs-same = the same as run { $number }
runs-errors = { $count } to be mended
runs-rows = { $count ->
        [one] 1 row
       *[other] { $count } rows
    }
runs-none = The ledger has no runs yet: run wuzhang run first
runs-bare = data only, no run (written by an older version)
runs-number = run { $number }
runs-stands = stands
runs-of = { $files } files, { $rows } rows, settings as they are now, { $program }
runs-of-other = { $files } files, { $rows } rows, settings other than now, { $program }
runs-damaged = damaged: { $fault }
runs-taken-out = The results of { $period }, run { $number }, and the settings of then:
