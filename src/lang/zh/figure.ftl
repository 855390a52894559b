# Figures as one writes them.

figure-yuan = { $value }万元
figure-rate = { $value }%
figure-points = { $value }个百分点
figure-score = { $value }分
figure-place = 第{ $place }名
figure-seconds = { $seconds }秒
figure-minutes = { $minutes }分
figure-minutes-seconds = { $minutes }分{ $seconds }秒
figure-hours-minutes = { $hours }小时{ $minutes }分
