# Why the ledger cannot be used.

ledger-io = The ledger { $path } cannot be read or written: { $source }. Check permissions and disk space, then run again
ledger-documents = Cannot write { $path }: { $source }. Check disk space and permissions, close documents that are open, then run again
ledger-parquet = The ledger { $path } cannot be read or written as Parquet: { $source }. Check disk space and run again; if the file is damaged, run its period again
ledger-newer = The ledger { $path } was written by a newer wuzhang (form { $found }; this program knows up to { $known }): upgrade, then run again; the ledger was not touched
ledger-damaged = The ledger { $path } is damaged or was changed: { $fault }. Other periods and runs are unaffected (see wuzhang runs); run the period again, or restore the file from a backup
ledger-no-run = { $period } has not been run yet: run it first (wuzhang run WORKSPACE --period PERIOD)
ledger-no-such-run = { $period } has no run { $given }: there are { $known }
