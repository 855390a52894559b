# wuzhang init: a new workspace.

init-made = 新建了工作区 { $folder }：
init-next = 接下来：
init-settings = 1. 在 settings.xlsx 中填写单位、领导、目标；
init-inbox = 2. 把各单位报来的表放进 inbox/报告期/，如 inbox/2026-10/；
init-run = 3. 运行 wuzhang run { $folder } --period 2026-10
