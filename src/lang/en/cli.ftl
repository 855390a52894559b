# What the command line itself says.

cli-taken = { $path } already holds files, which are not overwritten: name an empty folder
cli-no-project = The ledger has no project whose name holds, or whose code is, “{ $project }”: check the wording, and that wuzhang run has seen its period
cli-output = Cannot write to standard output: { $source }
