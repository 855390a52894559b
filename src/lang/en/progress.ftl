# Where a run stands.

progress-reading = Reading reports
progress-checking = Merging and checking
progress-ranking = Reckoning and ranking
progress-writing = Writing results
progress-handing-over = Handing over
progress-files = { $stage } { $done }/{ $all } files
progress-rows = { $stage } { $done }/{ $all } files, { $rows } rows
progress-files-left = { $stage } { $done }/{ $all } files, some { $left } left
progress-rows-left = { $stage } { $done }/{ $all } files, { $rows } rows, some { $left } left
progress-times = Took: { $each }; { $all } s in all
progress-times-of = { $stage } { $seconds } s
progress-fetching = Fetching mail
progress-stopped = Interrupted. The period was not touched: results and ledger are as they were, run again when you like
progress-passed = Interrupted while results were handed over: the next run completes that first, nothing stays half old and half new
progress-waiting = Waiting for { $holder } …
progress-waiting-unknown = Waiting for another program …
progress-cleared = { $holder } did not end in order; what it left half made is cleared away, the last results are as they were
