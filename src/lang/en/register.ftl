# Why the register of receipts cannot be used.

register-io = The register { $path } cannot be read or written: { $source }. Check permissions and disk space, then run again
register-damaged = The register { $path } is damaged ({ $fault }): move it away and run its period again, which makes it anew; ledger and results are unaffected
register-newer = The register { $path } was written by a newer program (form { $format }; this one knows up to { $known }): upgrade, then run again
