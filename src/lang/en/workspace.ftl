# What is wrong with the folders.

workspace-not-found = There is no folder { $path }: check the path
workspace-not-folder = { $path } is a file, not a folder: name the folder with the reports, or look at one file with wuzhang inspect
workspace-name-taken = The folder { $path } has the name of the results' folder, so results would mix with reports: rename it (inbox, say) and run again
workspace-exists = Existing files are not overwritten: { $files }. Name an empty folder, or move them away first
workspace-io = { $action } { $path } failed: { $source }. Check permissions and disk space, then run again
workspace-reading = Reading
workspace-writing = Writing
workspace-making = Making the folder
workspace-opening = Opening
workspace-locking = Locking
workspace-clearing = Clearing
workspace-busy = Another program is using the workspace: { $holder }. Run again when it has done, or add --wait to wait for it
workspace-busy-unknown = Another program, nobody knows which, is using the workspace. Run again when it has done, or add --wait to wait for it
workspace-replacing = Putting into place
workspace-connecting = Getting the network ready for
workspace-stopped = Stopped as asked
workspace-holder = process { $process } (wuzhang { $command }, begun { $ago } ago)
workspace-seconds = { $seconds } s
workspace-minutes = { $minutes } min { $seconds } s
workspace-hours = { $hours } h { $minutes } min
workspace-password = passwords do not stand in a workspace's files, which are copied and backed up: take this line out; give it in the variable WUZHANG_MAIL_PASSWORD when sending, or keep it in the system's keyring with wuzhang send --save-password
workspace-retries = at most 10 waits before sending again, none over 3600 seconds
workspace-retries-order = each wait before sending again is longer than the one before, such as [10, 60, 300]
workspace-imap-user = user is missing: to fetch mail one logs in; write the account
workspace-imap-folder = folder is empty; the inbox is INBOX
workspace-bytes = max_bytes lies between { $least } and { $most } bytes
workspace-host = “{ $host }” is no server's name: write only the name, such as smtp.example.com, and the port as port
workspace-port = a port lies between 1 and 65535
workspace-timeout = timeout_seconds lies between 1 and 3600
workspace-insecure = with security = "none" mail and password cross the network unencrypted, which is only for a server on this machine: use "tls" or "starttls"; where an inner network cannot encrypt, write insecure = true as well
workspace-no-account = user is empty: write the account, or take the line out where none is needed
workspace-mailbox = “{ $text }” is no mailbox; write it like 云山县统计局 <tjj@yunshan.example>
workspace-no-profile = the folder { $folder } that profile names does not exist
workspace-memory = limits.memory_mib is { $given }; it is { $least_memory_mib } at least (MiB)
workspace-zero = limits.{ $key } is 0, and no file could be read: write a number above 0, or take it out
workspace-mails = per_minute lies between { $least } and { $most } mails
