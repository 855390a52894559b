# wuzhang init: a new workspace.

init-made = Made the workspace { $folder }:
init-next = What to do next:
init-settings = 1. fill in units, leaders and targets in settings.xlsx;
init-inbox = 2. put what the units report into inbox/PERIOD/, such as inbox/2026-10/;
init-run = 3. run wuzhang run { $folder } --period 2026-10
