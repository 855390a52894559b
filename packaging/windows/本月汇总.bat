@echo off
chcp 65001 >nul
rem 双击运行：处理上个月的报表。把本文件和 wuzhang.exe 放在工作区文件夹的旁边。
setlocal
cd /d "%~dp0"
set WORKSPACE=云山县
for /f %%m in ('powershell -NoProfile -Command "(Get-Date).AddMonths(-1).ToString('yyyy-MM')"') do set PERIOD=%%m
echo 正在处理 %WORKSPACE% %PERIOD% ……
wuzhang.exe run "%WORKSPACE%" --period %PERIOD%
set STATUS=%errorlevel%
echo.
if %STATUS%==0 echo 完成，没有强制性问题。
if %STATUS%==1 echo 完成，但有强制性问题或打不开的文件：请看 out\%PERIOD%\核验报告.xlsx。
if %STATUS%==2 echo 没有运行：用法或设置有误，请按上面的提示改正。
if %STATUS%==3 echo 没有做完，上次的成果还在：请按上面的提示处理后再运行。
if %STATUS% leq 1 start "" "%WORKSPACE%\out\%PERIOD%"
pause
