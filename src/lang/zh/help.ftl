# The help of the command line. A command: what it does, how it is used, examples; its arguments below it, those of several commands under help-all.

help-all = 参数和选项
    .workspace = 工作区，或任何放着报表的文件夹
    .workspace-name = 工作区
    .period = 报告期，如 2026-10
    .period-name = 报告期
    .json = 结果以 JSON 输出
    .wait = 工作区正由另一个程序使用时，等它结束
    .lang = 界面语言：zh 或 en；不写则依次看 WUZHANG_LANG、系统的语言
    .lang-name = 语言
    .help = 显示说明
    .version = 显示版本
    .arguments = 参数
    .options = 选项
    .commands = 命令
    .usage = 用法：
    .command-name = 命令

help-top = 五账：把各单位报来的项目表汇总成排名
    .usage = wuzhang <命令> [选项]
    .examples =
        例子：
          wuzhang init 云山县                          新建工作区
          wuzhang run 云山县 --period 2026-10          处理 2026 年 10 月的报表
          wuzhang run 报表文件夹 --period 2026-10      没有工作区，直接处理一个文件夹
          wuzhang inspect 城关镇.xlsx                  看一张表是怎样读的

        退出状态：0 正常；1 完成，但有强制性问题或打不开的文件；2 用法、设置或配置有误；3 没有完成。

help-init = 新建工作区：设置表、收件文件夹和说明
    .usage = wuzhang init <文件夹>
    .examples =
        例子：
          wuzhang init 云山县
    .folder = 工作区文件夹，可以还不存在
    .folder-name = 文件夹

help-run = 处理一期报表，做出排名
    .usage = wuzhang run <工作区> --period <报告期> [选项]
    .examples =
        例子：
          wuzhang run 云山县 --period 2026-10
          wuzhang run 报表文件夹 --period 2026-10
    .known = 用哪时的设置：now 现在的（默认），then 该期上次运行时的，或某次运行的序号
    .known-name = 设置
    .times = 最后列出各步用时
    .no-cache = 全部重新读取，不用以前读过的，也不记下
    .quiet = 只在有问题时输出
    .quick = 先看排名：不做退改单（这样的成果不能发送，发送前要完整运行一次）

help-fetch = 把报来的邮件从邮箱取到收件文件夹
    .usage = wuzhang fetch <工作区> --period <报告期> [选项]
    .examples =
        例子：
          wuzhang fetch 云山县 --period 2026-10                     把报来的邮件取到 inbox/2026-10/
          wuzhang fetch 云山县 --period 2026-10 --since 2026-10-25  连同10月25日起收到的

        服务器写在 wuzhang.toml 的 [mail.imap]；密码用环境变量 WUZHANG_IMAP_PASSWORD（或 WUZHANG_MAIL_PASSWORD），或存入系统的钥匙串。
        不写 --since、--until 时，取从这一期最后一天起、到下一期结束前一天止收到的邮件。邮箱里的邮件不动，也不会标成已读；
        可以反复运行，取过的不再取。
        退出状态：0 正常；1 有要人工看的邮件（太大、读不懂、超大附件）；2 设置有误；3 没有取完。
    .since = 从哪天起收到的邮件，如 2026-10-25
    .since-name = 日期
    .until = 到哪天为止收到的邮件，含当天
    .until-name = 日期
    .again = 取过、后来从收件文件夹移走的邮件，也再取一次

help-inspect = 看每张工作表是怎样读的，不写任何文件
    .usage = wuzhang inspect <文件>... [选项]
    .examples =
        例子：
          wuzhang inspect 城关镇.xlsx
          wuzhang inspect inbox/2026-10/* --json --period 2026-10
    .files = 要看的文件，可以有多个
    .files-name = 文件
    .json = 每张工作表一行 JSON
    .period = 报告期，如 2026-10；用来读“1-{"{"}m{"}"}月完成投资”这类表头
    .period-name = 报告期
    .profile = 本县自己的账册和排名设置所在文件夹
    .profile-name = 文件夹

help-measures = 列出各排名、各单位的指标
    .usage = wuzhang measures <工作区> --period <报告期> [选项]
    .examples =
        例子：
          wuzhang measures 云山县 --period 2026-10 --json

help-project = 看一个项目在各期、各账册的全部情况
    .usage = wuzhang project <工作区> <名称或代码> [选项]
    .examples =
        例子：
          wuzhang project 云山县 城关镇污水处理厂扩建
    .workspace = 工作区
    .workspace-name = 工作区
    .project = 项目名称（或其中几个字）、项目代码
    .project-name = 名称或代码
    .json = 每个项目一行 JSON

help-status = 看各单位报送了没有、按时没有
    .usage = wuzhang status <工作区> --period <报告期> [选项]
    .examples =
        例子：
          wuzhang status 云山县 --period 2026-10

help-forms = 给各单位发空白表单：项目、下拉列表、核对都已做好
    .usage = wuzhang forms <工作区> --period <报告期> [选项]
    .examples =
        例子：
          wuzhang forms 云山县 --period 2026-06                          各单位应报的表单，放在 云山县/forms/2026-06/
          wuzhang forms 云山县 --period 2026-06 --unit 城关镇              只发一个单位
          wuzhang forms 云山县 --period 2026-06 --book 重点建设项目         只发一种

        表单按单位预先填好台账里的项目，带下拉列表和核对；填好后改名、另存都能准确认出。
        已经填过的表单不会被覆盖。
    .unit = 只发这个单位
    .unit-name = 单位
    .book = 只发这种账册，如 key_projects 或 重点建设项目
    .book-name = 账册

help-send = 把退改单、排名、通报做成邮件，确认后发送
    .usage = wuzhang send <工作区> --period <报告期> [选项]
    .examples =
        例子：
          wuzhang send 云山县 --period 2026-10                   写出邮件和发送计划，不发送
          wuzhang send 云山县 --period 2026-10 --confirm         照计划发送，发过的不再发
          wuzhang send 云山县 --period 2026-10 --only 城关镇 --confirm

        密码从环境变量 WUZHANG_MAIL_PASSWORD 读取；没有设的，从系统的钥匙串读取（先用 --save-password 存入）。
    .confirm = 真正发送；不写则只写出邮件和计划
    .only = 只给这个单位或领导
    .only-name = 单位或领导
    .resend = 是否送达不明、或已发过的，按计划中的摘要再发一次；可以写多个
    .resend-name = 摘要
    .save-password = 把环境变量 WUZHANG_MAIL_PASSWORD 中的密码存入系统的钥匙串，不发送

help-remind = 催还没有报、或没有回复退改单的单位，每个单位每天最多一次
    .usage = wuzhang remind <工作区> --period <报告期> [选项]
    .examples =
        例子：
          wuzhang remind 云山县 --period 2026-10                 写出催报邮件和计划，不发送
          wuzhang remind 云山县 --period 2026-10 --confirm       发送，每个单位每天最多一次
    .confirm = 真正发送；不写则只写出邮件和计划
    .only = 只给这个单位或领导
    .only-name = 单位或领导

help-trace = 查一个数由哪些单元格合成，核对是否一致
    .usage = wuzhang trace <工作区> --period <报告期> --ranking <排名> --group <单位> --measure <指标> [选项]
    .examples =
        例子：
          wuzhang trace 云山县 --period 2026-10 --ranking towns --group 城关镇 --measure done
          wuzhang trace 云山县 --period 2026-10 --ranking 乡镇 --group 城关镇 --measure 完成率 --book 重点建设项目

        排名、账册、指标写代号或名称都可以；分子、分母各由哪些单元格合成，逐格列出，并核对与此数是否完全一致。
        退出状态：0 一致；3 不一致。
    .ranking = 排名，如 towns 或 乡镇
    .ranking-name = 排名
    .group = 排名中的单位、领导或类别，如 城关镇；全县合计写 全县
    .group-name = 单位
    .measure = 指标，如 done 或 累计完成投资
    .measure-name = 指标
    .book = 账册；几本账册都有这个排名和指标时写明
    .book-name = 账册
    .all = 连同计为0的行一起列出

help-rerun = 从某期起，逐期重新处理台账里已有的各期
    .usage = wuzhang rerun <工作区> --from <报告期> [选项]
    .examples =
        例子：
          wuzhang rerun 云山县 --from 2026-03                三月的数改了：三月起各期依次重算
          wuzhang rerun 云山县 --from 2026-03 --known then   各期仍用当时的设置和决定
    .workspace = 工作区
    .workspace-name = 工作区
    .from = 从哪一期起
    .from-name = 报告期
    .to = 到哪一期止；不写就到最后一期
    .to-name = 报告期
    .known = 用哪时的设置：now 现在的（默认），then 各期上次运行时的
    .known-name = 设置

help-runs = 列出各期的历次运行，或取出其中一次的成果
    .usage = wuzhang runs <工作区> [选项]
    .examples =
        例子：
          wuzhang runs 云山县                                各期各次运行
          wuzhang runs 云山县 --period 2026-05 --run 1       第1次运行时的排名
          wuzhang runs 云山县 --period 2026-05 --run 1 --to 五月第一次   取出当时的成果文件
    .workspace = 工作区
    .workspace-name = 工作区
    .period = 只看这一期
    .period-name = 报告期
    .run = 看这一次的排名：序号，或列出的名称
    .run-name = 运行
    .to = 把这一次的成果文件和当时的设置放到这个空文件夹
    .to-name = 文件夹
    .json = 每次运行一行 JSON

help-diff = 比较一期的两次运行：文件、行、数值、名次各有什么变化
    .usage = wuzhang diff <工作区> --period <报告期> [选项]
    .examples =
        例子：
          wuzhang diff 云山县 --period 2026-05               最近一次与上一次相比
          wuzhang diff 云山县 --period 2026-05 --against 1   与第1次相比
    .against = 与哪一次比：序号，或 wuzhang runs 列出的名称；不写就与上一次比
    .against-name = 运行

help-query = 用 SQL 查询台账（只读）
    .usage = wuzhang query <工作区> [查询语句] [选项]
    .examples =
        例子：
          wuzhang query 云山县                               列出有哪些表、哪些列
          wuzhang query 云山县 "SELECT unit, SUM(done)/SUM(plan) FROM key_projects WHERE period = '2026-05' GROUP BY unit"
          wuzhang query 云山县 "SELECT period, place FROM places WHERE ranking = 'towns' AND name = '城关镇' AND measure = 'completion'" --xlsx 名次.xlsx

        每本账册是一张表，各期上下相接，列 period 是报告期；places 是历期排名。金额以元为单位。
    .workspace = 工作区
    .workspace-name = 工作区
    .sql = 一条 SELECT；不写就列出有哪些表、哪些列
    .sql-name = 查询语句
    .csv = 结果以 CSV 输出
    .json = 结果以 JSON 输出，每行一个
    .xlsx = 结果写到这个工作簿
    .xlsx-name = 文件

help-explain = 说明一条规则：什么时候提出，怎样处理
    .usage = wuzhang explain [规则] [选项]
    .examples =
        例子：
          wuzhang explain done.over_plan                  一条规则
          wuzhang explain                                 全部规则
          wuzhang explain --profile 云山县/profile         连同本县自己的规则
    .rule = 规则的代号，如 done.over_plan；不写则列出全部
    .rule-name = 规则
    .profile = 本县自己的账册和排名设置所在文件夹
    .profile-name = 文件夹

help-completions = 输出命令行的自动补全脚本
    .usage = wuzhang completions <命令行>
    .examples =
        例子：
          wuzhang completions bash > ~/.local/share/bash-completion/completions/wuzhang
          wuzhang completions powershell >> $PROFILE
    .shell = 哪一种命令行：bash、zsh、fish、powershell、elvish
    .shell-name = 命令行

help-man = 写出各命令的手册页，供 man 阅读
    .usage = wuzhang man <文件夹>
    .examples =
        例子：
          wuzhang man /usr/local/share/man/man1
    .folder = 放手册页的文件夹，可以还不存在
    .folder-name = 文件夹

help-layout = 确认存疑的版式，以后都照此读取
    .usage = wuzhang layout <confirm|list|forget> <工作区> ...
    .examples =
        例子：
          wuzhang layout confirm 云山县 城关镇.xlsx                          照 inspect 显示的读法确认
          wuzhang layout confirm 云山县 城关镇.xlsx --column G=done --by 周某  改 G 列为 done 后确认
          wuzhang layout list 云山县
          wuzhang layout forget 云山县 0123456789abcdef

help-layout-confirm = 确认一张工作表的版式
    .usage = wuzhang layout confirm <工作区> <文件> [选项]
    .workspace = 工作区
    .workspace-name = 工作区
    .file = 报表文件
    .file-name = 文件
    .sheet = 工作表名；文件里只有一张能读的表时可不写
    .sheet-name = 工作表
    .book = 账册，如 key_projects 或 重点建设项目；不是账册的表写 -
    .book-name = 账册
    .columns = 某列是什么，如 G=done 或 G=今年累计完成投资；不用的列写 G=-；可以写多个
    .columns-name = 列=字段
    .money = 表中没有写明时的金额单位：元、万元 或 亿元
    .money-name = 单位
    .by = 谁决定的
    .by-name = 姓名
    .reason = 依据
    .reason-name = 依据
    .period = 报告期，如 2026-10；文件在 inbox/报告期/ 下或写明了月份时可不写
    .period-name = 报告期

help-layout-list = 列出确认过的版式
    .usage = wuzhang layout list <工作区>
    .workspace = 工作区
    .workspace-name = 工作区

help-layout-forget = 取消对一种版式的确认
    .usage = wuzhang layout forget <工作区> <版式>
    .workspace = 工作区
    .workspace-name = 工作区
    .fingerprint = inspect 和 list 显示的版式号
    .fingerprint-name = 版式

help-book = 由一张报表起草自己的账册，或检查账册
    .usage = wuzhang book <new|check> ...
    .examples =
        例子：
          wuzhang book new 老旧小区.xlsx --id estates                看起草的结果
          wuzhang book new 老旧小区.xlsx --id estates --to 云山县    写进 云山县/profile/estates.toml
          wuzhang book check 云山县                                  改过以后检查

help-book-new = 由一张报表起草一本账册
    .usage = wuzhang book new <文件> --id <代号> [选项]
    .examples =
        例子：
          wuzhang book new 老旧小区.xlsx --id estates                看起草的结果
          wuzhang book new 老旧小区.xlsx --id estates --to 云山县    写进 云山县/profile/estates.toml
          wuzhang book check 云山县                                  改过以后检查
    .from = 一张用这种表填好的报表
    .from-name = 文件
    .id = 账册的代号，小写英文，如 estates
    .id-name = 代号
    .title = 账册的名称；不写则取自表的标题
    .title-name = 名称
    .sheet = 用哪张工作表；不写则用第一张有表格的
    .sheet-name = 工作表
    .to = 写进哪个工作区的 profile；不写则只显示
    .to-name = 工作区
    .period = 这张表的报告期；不写则为上个月
    .period-name = 报告期

help-book-check = 检查工作区的账册和口径
    .usage = wuzhang book check <工作区>
    .examples =
        例子：
          wuzhang book new 老旧小区.xlsx --id estates                看起草的结果
          wuzhang book new 老旧小区.xlsx --id estates --to 云山县    写进 云山县/profile/estates.toml
          wuzhang book check 云山县                                  改过以后检查
    .workspace = 工作区
    .workspace-name = 工作区

help-cluster = 在 Spark 集群上处理（供工程人员）
    .usage = wuzhang cluster <plan|read|settle|rank> ...
    .examples =
        例子：
          wuzhang cluster plan 云州市 --period 2026-05 --office 云山县 --office 临溪县
          wuzhang cluster read 云山县 --period 2026-05 --for 云州市 --list 清单.txt --to 结果文件夹
          wuzhang cluster rank 云州市 --period 2026-05 --from 汇总.jsonl --folder 结果文件夹 --to 成果文件夹

        一般不用自己运行：cluster/ 里的 Spark 程序会调用，说明见 cluster/README.md。

help-cluster-plan = 列出要读的文件和要交给 Spark 的 SQL，以 JSON 输出
    .usage = wuzhang cluster plan <工作区> --period <报告期> [--office <县工作区>]... [选项]
    .offices = 下属县的工作区，一县写一次；不写就是工作区自己的收件箱
    .offices-name = 县工作区
    .files-per-task = 每个任务最多几份文件
    .files-per-task-name = 份数
    .megabytes-per-task = 每个任务最多多少兆字节
    .megabytes-per-task-name = 兆字节

help-cluster-read = 读取清单里的文件，各行分别写成 Parquet
    .usage = wuzhang cluster read <县工作区> --period <报告期> --list <清单> --to <文件夹>
    .above = 汇总到哪个上级工作区
    .above-name = 上级工作区
    .list = 清单文件；写 - 就从标准输入读
    .list-name = 清单
    .to = 写到哪个文件夹
    .to-name = 文件夹

help-cluster-settle = 把几份报表都涉及的行放在一起并账，写成 Parquet
    .usage = wuzhang cluster settle <县工作区> --period <报告期> --list <清单> --to <文件夹>
    .above = 汇总到哪个上级工作区
    .above-name = 上级工作区
    .list = 清单文件；写 - 就从标准输入读
    .list-name = 清单
    .to = 写到哪个文件夹
    .to-name = 文件夹

help-cluster-rank = 用集群汇总的数排名，做出排名工作簿
    .usage = wuzhang cluster rank <工作区> --period <报告期> --from <汇总> --folder <文件夹> [选项]
    .from = 集群汇总的结果
    .from-name = 汇总
    .folder = 集群写的 Parquet 所在的文件夹
    .folder-name = 文件夹
    .to = 排名工作簿写到哪个文件夹
    .to-name = 文件夹
    .json = 各指标以 JSON 输出
