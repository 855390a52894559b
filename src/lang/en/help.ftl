# The help of the command line. A command: what it does, how it is used, examples; its arguments below it, those of several commands under help-all.

help-all = Arguments and options
    .workspace = A workspace, or any folder with reports
    .workspace-name = WORKSPACE
    .period = The period, such as 2026-10
    .period-name = PERIOD
    .json = Answer in JSON
    .wait = Where another program uses the workspace, wait until it has done
    .lang = Language: zh or en; else WUZHANG_LANG, else the system's
    .lang-name = LANGUAGE
    .help = Show this help
    .version = Show the version
    .arguments = Arguments
    .options = Options
    .commands = Commands
    .usage = Usage:{" "}
    .command-name = COMMAND

help-top = wuzhang: merges the sheets that departments report into the month's rankings
    .usage = wuzhang <COMMAND> [OPTIONS]
    .examples =
        Examples:
          wuzhang init 云山县                          a new workspace
          wuzhang run 云山县 --period 2026-10          October 2026
          wuzhang run 报表文件夹 --period 2026-10      no workspace, just a folder of reports
          wuzhang inspect 城关镇.xlsx                  how a sheet is read

        Exit status: 0 fine; 1 done, with errors that departments must mend or files that could not be opened; 2 wrong use, settings or profile; 3 not finished.

help-init = Make a workspace: settings workbook, inbox, a guide
    .usage = wuzhang init <FOLDER>
    .examples =
        Examples:
          wuzhang init 云山县
    .folder = The workspace's folder; it need not exist yet
    .folder-name = FOLDER

help-run = Read a period's reports and make the rankings
    .usage = wuzhang run <WORKSPACE> --period <PERIOD> [OPTIONS]
    .examples =
        Examples:
          wuzhang run 云山县 --period 2026-10
          wuzhang run 报表文件夹 --period 2026-10
    .known = Which settings: now (default), then those of the period's last run, or the number of a run
    .known-name = SETTINGS
    .times = Tell at the end how long each step took
    .no-cache = Read everything anew and keep nothing of it
    .quiet = Say something only where something is wrong
    .quick = A first look at the rankings: no returns (such results cannot be sent; run in full before)

help-fetch = Fetch reports from the mailbox into the inbox
    .usage = wuzhang fetch <WORKSPACE> --period <PERIOD> [OPTIONS]
    .examples =
        Examples:
          wuzhang fetch 云山县 --period 2026-10                     into inbox/2026-10/
          wuzhang fetch 云山县 --period 2026-10 --since 2026-10-25  what came since October 25th as well

        The server stands in wuzhang.toml under [mail.imap]; the password in the environment variable WUZHANG_IMAP_PASSWORD (or WUZHANG_MAIL_PASSWORD), or in the system's keyring.
        Without --since and --until, mails are taken that came from the period's last day to the day before the next one's last. The mailbox is left as it is, nothing is marked as read;
        run it as often as you like, nothing is fetched twice.
        Exit status: 0 fine; 1 mails that a person must look at (too large, unreadable, attachments kept elsewhere); 2 wrong settings; 3 not finished.
    .since = Mails received from this day on, such as 2026-10-25
    .since-name = DAY
    .until = Mails received up to this day, with it
    .until-name = DAY
    .again = Fetch mails again that were fetched and then moved out of the inbox

help-inspect = Show how each sheet is read; writes nothing
    .usage = wuzhang inspect <FILE>... [OPTIONS]
    .examples =
        Examples:
          wuzhang inspect 城关镇.xlsx
          wuzhang inspect inbox/2026-10/* --json --period 2026-10
    .files = The files to look at
    .files-name = FILE
    .json = A line of JSON a sheet
    .period = The period, such as 2026-10; for headings such as “1-{"{"}m{"}"}月完成投资”
    .period-name = PERIOD
    .profile = The folder with the county's own books and rankings
    .profile-name = FOLDER

help-measures = List the measures of every ranking and unit
    .usage = wuzhang measures <WORKSPACE> --period <PERIOD> [OPTIONS]
    .examples =
        Examples:
          wuzhang measures 云山县 --period 2026-10 --json

help-project = Show a project's life in all periods and books
    .usage = wuzhang project <WORKSPACE> <NAME OR CODE> [OPTIONS]
    .examples =
        Examples:
          wuzhang project 云山县 城关镇污水处理厂扩建
    .workspace = A workspace
    .workspace-name = WORKSPACE
    .project = A project's name, or a part of it, or its code
    .project-name = NAME OR CODE
    .json = A line of JSON a project

help-status = Show who reported, and whether in time
    .usage = wuzhang status <WORKSPACE> --period <PERIOD> [OPTIONS]
    .examples =
        Examples:
          wuzhang status 云山县 --period 2026-10

help-forms = Issue blank forms to units: projects, choices and checks are in them
    .usage = wuzhang forms <WORKSPACE> --period <PERIOD> [OPTIONS]
    .examples =
        Examples:
          wuzhang forms 云山县 --period 2026-06                          what each unit owes, in 云山县/forms/2026-06/
          wuzhang forms 云山县 --period 2026-06 --unit 城关镇              one unit only
          wuzhang forms 云山县 --period 2026-06 --book 重点建设项目         one book only

        A form holds the unit's projects of the ledger, with choices and checks; filled in, it is recognised whatever its file is called.
        Forms that were filled in are never overwritten.
    .unit = This unit only
    .unit-name = UNIT
    .book = This book only, such as key_projects or 重点建设项目
    .book-name = BOOK

help-send = Make returns, rankings and bulletin into mails, and send them when told to
    .usage = wuzhang send <WORKSPACE> --period <PERIOD> [OPTIONS]
    .examples =
        Examples:
          wuzhang send 云山县 --period 2026-10                   writes mails and plan, sends nothing
          wuzhang send 云山县 --period 2026-10 --confirm         sends by the plan; what was sent is not sent again
          wuzhang send 云山县 --period 2026-10 --only 城关镇 --confirm

        The password is read from the environment variable WUZHANG_MAIL_PASSWORD, else from the system's keyring (put there by --save-password).
    .confirm = Send; without it only mails and plan are written
    .only = To this unit or leader only
    .only-name = UNIT OR LEADER
    .resend = Send once more, by its digest in the plan, a mail that was sent or of which nobody knows; may be given several times
    .resend-name = DIGEST
    .save-password = Keep the password of the environment variable WUZHANG_MAIL_PASSWORD in the system's keyring; send nothing

help-remind = Remind units that have not reported or not answered their return, once a day at most
    .usage = wuzhang remind <WORKSPACE> --period <PERIOD> [OPTIONS]
    .examples =
        Examples:
          wuzhang remind 云山县 --period 2026-10                 writes mails and plan, sends nothing
          wuzhang remind 云山县 --period 2026-10 --confirm       sends, to each unit once a day at most
    .confirm = Send; without it only mails and plan are written
    .only = To this unit or leader only
    .only-name = UNIT OR LEADER

help-trace = Show the cells that a figure is made from, and that they add up to it
    .usage = wuzhang trace <WORKSPACE> --period <PERIOD> --ranking <RANKING> --group <UNIT> --measure <MEASURE> [OPTIONS]
    .examples =
        Examples:
          wuzhang trace 云山县 --period 2026-10 --ranking towns --group 城关镇 --measure done
          wuzhang trace 云山县 --period 2026-10 --ranking 乡镇 --group 城关镇 --measure 完成率 --book 重点建设项目

        Rankings, books and measures by id or title; numerator and denominator are listed cell by cell and held against the figure.
        Exit status: 0 they agree; 3 they do not.
    .ranking = The ranking, such as towns or 乡镇
    .ranking-name = RANKING
    .group = A unit, leader or category of the ranking, such as 城关镇; 全县 for the whole county
    .group-name = UNIT
    .measure = The measure, such as done or 累计完成投资
    .measure-name = MEASURE
    .book = The book, where several have this ranking and measure
    .book-name = BOOK
    .all = List rows that count as 0 as well

help-rerun = Run all periods of the ledger again, from one on
    .usage = wuzhang rerun <WORKSPACE> --from <PERIOD> [OPTIONS]
    .examples =
        Examples:
          wuzhang rerun 云山县 --from 2026-03                March was corrected: March and all later periods again
          wuzhang rerun 云山县 --from 2026-03 --known then   each with the settings and decisions it had
    .workspace = A workspace
    .workspace-name = WORKSPACE
    .from = From which period
    .from-name = PERIOD
    .to = To which period; else to the last
    .to-name = PERIOD
    .known = Which settings: now (default), then those of each period's last run
    .known-name = SETTINGS

help-runs = List the runs of each period, or take out the results of one
    .usage = wuzhang runs <WORKSPACE> [OPTIONS]
    .examples =
        Examples:
          wuzhang runs 云山县                                every run of every period
          wuzhang runs 云山县 --period 2026-05 --run 1       the rankings of the first run
          wuzhang runs 云山县 --period 2026-05 --run 1 --to 五月第一次   its documents
    .workspace = A workspace
    .workspace-name = WORKSPACE
    .period = This period only
    .period-name = PERIOD
    .run = Show the rankings of this run: its number or name
    .run-name = RUN
    .to = Put the documents and settings of this run into this empty folder
    .to-name = FOLDER
    .json = A line of JSON a run

help-diff = Compare two runs of a period: files, rows, values, places
    .usage = wuzhang diff <WORKSPACE> --period <PERIOD> [OPTIONS]
    .examples =
        Examples:
          wuzhang diff 云山县 --period 2026-05               the last run against the one before
          wuzhang diff 云山县 --period 2026-05 --against 1   against the first
    .against = Against which run: its number or name; else the one before
    .against-name = RUN

help-query = Ask the ledger in SQL (it is only read)
    .usage = wuzhang query <WORKSPACE> [QUERY] [OPTIONS]
    .examples =
        Examples:
          wuzhang query 云山县                               which tables and columns there are
          wuzhang query 云山县 "SELECT unit, SUM(done)/SUM(plan) FROM key_projects WHERE period = '2026-05' GROUP BY unit"
          wuzhang query 云山县 "SELECT period, place FROM places WHERE ranking = 'towns' AND name = '城关镇' AND measure = 'completion'" --xlsx 名次.xlsx

        Each book is a table with all periods below one another, the column period telling them apart; places holds the rankings of all periods. Amounts are in yuan.
    .workspace = A workspace
    .workspace-name = WORKSPACE
    .sql = One SELECT; without it all tables and columns are listed
    .sql-name = QUERY
    .csv = Answer in CSV
    .json = Answer in JSON, a line a row
    .xlsx = Write the answer to this workbook
    .xlsx-name = FILE

help-explain = Explain a rule: when it speaks, how to mend what it finds
    .usage = wuzhang explain [RULE] [OPTIONS]
    .examples =
        Examples:
          wuzhang explain done.over_plan                  one rule
          wuzhang explain                                 all of them
          wuzhang explain --profile 云山县/profile         with the county's own
    .rule = The rule, such as done.over_plan; without it all are listed
    .rule-name = RULE
    .profile = The folder with the county's own books and rankings
    .profile-name = FOLDER

help-completions = Print a script that completes command lines
    .usage = wuzhang completions <SHELL>
    .examples =
        Examples:
          wuzhang completions bash > ~/.local/share/bash-completion/completions/wuzhang
          wuzhang completions powershell >> $PROFILE
    .shell = Which shell: bash, zsh, fish, powershell, elvish
    .shell-name = SHELL

help-man = Write manual pages for man
    .usage = wuzhang man <FOLDER>
    .examples =
        Examples:
          wuzhang man /usr/local/share/man/man1
    .folder = The folder for the pages; it need not exist yet
    .folder-name = FOLDER

help-layout = Settle a doubtful layout, for all sheets like it
    .usage = wuzhang layout <confirm|list|forget> <WORKSPACE> ...
    .examples =
        Examples:
          wuzhang layout confirm 云山县 城关镇.xlsx                          as inspect shows it
          wuzhang layout confirm 云山县 城关镇.xlsx --column G=done --by 周某  with column G as done
          wuzhang layout list 云山县
          wuzhang layout forget 云山县 0123456789abcdef

help-layout-confirm = Settle a sheet's layout
    .usage = wuzhang layout confirm <WORKSPACE> <FILE> [OPTIONS]
    .workspace = A workspace
    .workspace-name = WORKSPACE
    .file = A report
    .file-name = FILE
    .sheet = The sheet; not needed where only one can be meant
    .sheet-name = SHEET
    .book = The book, such as key_projects or 重点建设项目; - for a sheet of no book
    .book-name = BOOK
    .columns = What a column is: G=done or G=今年累计完成投资; G=- for one that is not used; may be given several times
    .columns-name = COLUMN=FIELD
    .money = The unit of money where the sheet does not say: 元, 万元 or 亿元
    .money-name = UNIT
    .by = Who decides
    .by-name = NAME
    .reason = Why
    .reason-name = REASON
    .period = The period, such as 2026-10; not needed where folder or title say it
    .period-name = PERIOD

help-layout-list = List the layouts that were settled
    .usage = wuzhang layout list <WORKSPACE>
    .workspace = A workspace
    .workspace-name = WORKSPACE

help-layout-forget = Take a settlement back
    .usage = wuzhang layout forget <WORKSPACE> <LAYOUT>
    .workspace = A workspace
    .workspace-name = WORKSPACE
    .fingerprint = The layout's number, as inspect and list show it
    .fingerprint-name = LAYOUT

help-book = Draft a book of the office's own from a workbook, or check books
    .usage = wuzhang book <new|check> ...
    .examples =
        Examples:
          wuzhang book new 老旧小区.xlsx --id estates                shows the draft
          wuzhang book new 老旧小区.xlsx --id estates --to 云山县    writes it to 云山县/profile/estates.toml
          wuzhang book check 云山县                                  checks it after you changed it

help-book-new = Draft a book from a workbook
    .usage = wuzhang book new <FILE> --id <ID> [OPTIONS]
    .examples =
        Examples:
          wuzhang book new 老旧小区.xlsx --id estates                shows the draft
          wuzhang book new 老旧小区.xlsx --id estates --to 云山县    writes it to 云山县/profile/estates.toml
    .from = A report in this form
    .from-name = FILE
    .id = The book's id in lower-case letters, such as estates
    .id-name = ID
    .title = The book's title; else the sheet's
    .title-name = TITLE
    .sheet = Which sheet; else the first with a table
    .sheet-name = SHEET
    .to = The workspace whose profile it is written to; else it is only shown
    .to-name = WORKSPACE
    .period = The report's period; else last month
    .period-name = PERIOD

help-book-check = Check a workspace's books and definitions
    .usage = wuzhang book check <WORKSPACE>
    .examples =
        Examples:
          wuzhang book new 老旧小区.xlsx --id estates                看起草的结果
          wuzhang book new 老旧小区.xlsx --id estates --to 云山县    写进 云山县/profile/estates.toml
          wuzhang book check 云山县                                  改过以后检查
    .workspace = A workspace
    .workspace-name = WORKSPACE

help-cluster = Work on a Spark cluster (for engineers)
    .usage = wuzhang cluster <plan|read|settle|rank> ...
    .examples =
        Examples:
          wuzhang cluster plan 云州市 --period 2026-05 --office 云山县 --office 临溪县
          wuzhang cluster read 云山县 --period 2026-05 --for 云州市 --list 清单.txt --to 结果文件夹
          wuzhang cluster rank 云州市 --period 2026-05 --from 汇总.jsonl --folder 结果文件夹 --to 成果文件夹

        You need not call it yourself: the Spark job in cluster/ does; see cluster/README.md.

help-cluster-plan = Print the files to read and the SQL for Spark as JSON
    .usage = wuzhang cluster plan <WORKSPACE> --period <PERIOD> [--office <COUNTY'S WORKSPACE>]... [OPTIONS]
    .offices = A county's workspace, once for each; else the workspace's own inbox
    .offices-name = COUNTY'S WORKSPACE
    .files-per-task = At most so many files a task
    .files-per-task-name = FILES
    .megabytes-per-task = At most so many megabytes a task
    .megabytes-per-task-name = MEGABYTES

help-cluster-read = Read the files of a list, each one's rows to Parquet
    .usage = wuzhang cluster read <COUNTY'S WORKSPACE> --period <PERIOD> --list <LIST> --to <FOLDER>
    .above = For which workspace above
    .above-name = WORKSPACE ABOVE
    .list = The list; - reads standard input
    .list-name = LIST
    .to = Where to write
    .to-name = FOLDER

help-cluster-settle = Merge the rows that several reports speak of, to Parquet
    .usage = wuzhang cluster settle <COUNTY'S WORKSPACE> --period <PERIOD> --list <LIST> --to <FOLDER>
    .above = For which workspace above
    .above-name = WORKSPACE ABOVE
    .list = The list; - reads standard input
    .list-name = LIST
    .to = Where to write
    .to-name = FOLDER

help-cluster-rank = Rank the cluster's sums and make the ranking workbook
    .usage = wuzhang cluster rank <WORKSPACE> --period <PERIOD> --from <SUMS> --folder <FOLDER> [OPTIONS]
    .from = What the cluster summed
    .from-name = SUMS
    .folder = The folder with the cluster's Parquet
    .folder-name = FOLDER
    .to = Where to write the ranking workbook
    .to-name = FOLDER
    .json = Print the measures as JSON
