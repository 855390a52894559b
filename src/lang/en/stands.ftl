# wuzhang alone: where the month stands.

stands-help = wuzhang --help lists all commands; wuzhang alone in a workspace says where its month stands.
stands-empty = The inbox has no reports yet.
stands-next = What to do next
stands-put = put what the units report into { $inbox }
stands-files = { $period }: { $files ->
        [one] 1 file
       *[other] { $files } files
    } in the inbox
stands-not-run = not run yet
stands-current = run { $number } stands; inbox and settings have not changed since
stands-stated-changed = settings or profile have changed since run { $number }
stands-files-changed = { $files ->
        [one] 1 file of the inbox
       *[other] { $files } files of the inbox
    } came, changed or went since run { $number }
stands-clean = nothing must be mended
stands-errors = { $count ->
        [one] 1 finding
       *[other] { $count } findings
    } for departments to mend
stands-quick = only a first look without returns, which cannot be sent
stands-not-sent = nothing has been sent
stands-sent = { $count ->
        [one] 1 mail
       *[other] { $count } mails
    } sent
stands-look = look at the results: { $folder }
stands-run = { $command }      reads the reports and makes the rankings
stands-send = { $command }     shows what would be sent; --confirm sends
stands-remind = { $command }   reminds units that have not reported or mended
stands-status = { $command }   shows who reported
