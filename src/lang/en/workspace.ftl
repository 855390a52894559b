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
