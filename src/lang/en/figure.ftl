# Figures as one writes them. 万元 (wan yuan) is ten thousand yuan.

figure-yuan = { $value } wan yuan
figure-rate = { $value }%
figure-points = { $value } percentage points
figure-score = { $value } points
figure-place = place { $place }
figure-seconds = { $seconds } s
figure-minutes = { $minutes } min
figure-minutes-seconds = { $minutes } min { $seconds } s
figure-hours-minutes = { $hours } h { $minutes } min
