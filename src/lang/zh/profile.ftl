# What is wrong with the profile's files.
profile-id-name = id “{ $id }”只能用小写英文字母、数字和下划线，以字母开头
profile-id-name-bare = id 只能用小写英文字母、数字和下划线，以字母开头
profile-id-taken = id “{ $id }”已经用过，请换一个
profile-id-file = id “{ $id }”与文件名 { $stem }.toml 不一致，请改成一样
profile-no-field = “{ $field }”不是本账册的字段{ $advice }
profile-only-named = only_named 的账册凭表名认出，words 至少写一个词
profile-no-schedule-of = 指标“{ $measure }”与上年相比，不用序时进度，请删去 schedule
profile-choices = 字段“{ $field }”：choices 与 kind = "choice" 必须同时有或同时没有
profile-own-rankings = 账册文件里的排名只能是本账册（{ $book }）的
profile-not-rate = “{ $field }”不是{ $wanted }字段
profile-one-whole = whole 和 whole_of 必须写一个，且只写一个
profile-score-taken = “score”留给得分用，请换一个 id
profile-schedule-no-book = 序时进度“{ $schedule }”：没有账册“{ $book }”{ $advice }
profile-schedule-twice = 账册“{ $book }”已经用了前面的序时进度，只能用一个
profile-no-band = 至少要有一档
profile-no-book-has = 没有一本账册有字段“{ $field }”，最接近的是“{ $nearest }”
profile-measure-fault = 指标“{ $measure }”：{ $fault }
profile-ranking-fault = 排名“{ $ranking }”：{ $fault }
profile-no-score = 排名“{ $ranking }”用到得分，但没有 book = "{ $book }"、ranking = "{ $id }" 的 [[score]]，请补上
profile-colour = 颜色“{ $colour }”应写成六位十六进制，如 92D050
profile-name-taken = “{ $name }”已经用过，请换一个名称
profile-last-open = 最后一档没有下限，请删去 open
profile-band-end = “{ $name }”不是最后一档，请写明下限 from（或 relative、score、share）
profile-last-end = 最后一档不设下限，请删去 { $key }
profile-one-basis = 一套档次只能用一种划法，前面用的是 { $known }，请改成一样
profile-one-end = from、relative、score、share 只能写一个
profile-descending = “{ $name }”的下限应低于上一档
profile-share = “{ $name }”的 share 应在0和1之间，如 0.3
profile-share-open = 按名次比例划分的档次没有 open，请删去
profile-shares-whole = 各档 share 之和应小于1，余下的归最后一档
profile-up-or-below = up_to（含本数）和 below（不含本数）只能写一个
profile-first-end = “{ $name }”是第一档，不设上限，请删去 { $key }
profile-no-floor = 上一档没有下限可对，请删去 { $key }
profile-bands-both = “{ $name }”与“{ $other }”都含{ $written }，重叠了
profile-bands-neither = “{ $name }”与“{ $other }”都不含{ $written }，缺了这一点
profile-bands-gap = “{ $name }”与“{ $other }”之间缺了{ $written }至{ $known }这一段
profile-bands-overlap = “{ $name }”与“{ $other }”重叠：{ $known }至{ $written }
profile-mend = { $which }，请改正
profile-ranking-no-book = 排名“{ $ranking }”：没有账册“{ $book }”{ $advice }
profile-book-no-measure = 账册 { $book } 没有指标“{ $id }”{ $advice }
profile-minimum = at_least 应大于0，金额以万元计
profile-minimum-rate = “{ $measure }”是比率，门槛只能是金额或个数
profile-whole-roster = group = "whole" 只有一行，不能有 roster
profile-whole-leaders = group = "whole" 只有一行，不能有 leaders
profile-within = 只有单位才有分组（设置表“单位”的“分组”列），这个排名的对象不是单位
profile-roster = 名单与 group = "{ $group }" 的对象不一致
profile-unranked = sort = "name" 只列数、不排名，不能有 { $key }
profile-no-lag = 账册 { $book } 没有比较序时进度的指标，请用 marked_by 写明按哪个指标划分
profile-no-lag-relative = 账册 { $book } 没有比较序时进度的指标，不能用 relative
profile-relative = relative 看的是比序时进度少多少，marked_by 的“{ $measure }”不是比较序时进度的指标
profile-first-schedule = 至少要有一个：第一个是全县的序时进度
profile-campaign-days = “{ $campaign }”的最后一天 { $last } 早于第一天 { $first }
profile-schedule-fault = 序时进度“{ $schedule }”：{ $fault }
profile-no-schedule = county.toml 没有序时进度“{ $id }”{ $advice }
profile-no-campaign = 没有 [[campaign]] “{ $id }”{ $advice }
profile-campaign-kind = 专项行动不按整年月数计算，请改用 days、milestones 或 curve
profile-plan-wants = kind = "plan" 要写明 { $key }，如 "SUM(plan)"
profile-plan-only = 只有 kind = "plan" 才写 numerator、denominator
profile-points-wanted = 要写明 points，如 points = [{"{"} by = "06-30", share = 0.5 {"}"}]
profile-points-only = 只有 milestones、curve 才写 points
profile-point-share = share = { $share } 应在 0 与 1 之间
profile-points-order = points 要按日期先后排列，比例不能变小：{ $day }、{ $share }
profile-curve-end = curve 的最后一点应在最后一天（by = "{ $end }"）
profile-day-outside = by = "{ $day }" 不在“{ $campaign }”的起止日期以内（{ $first } 至 { $last }）
profile-day-year = by = "{ $day }"：按年度计算的不写年份，应写成 "{ $short }"
profile-role-taken = “{ $title }”已是另一个角色的名称，“收件人”表里就分不清了，请换一个
profile-role-missing = 至少要有一个 of = "{ $key }" 的角色：“{ $sheet }”表里的邮箱归第一个这样的角色
profile-answer-days = 回复期限应在0至{ $longest_answer }天之间
profile-role-nothing = 角色“{ $role }”什么也不收，请写 gets，或删去它
profile-role-unit = 角色“{ $role }”是单位的人，不能收 { $key }（{ $title }）：其中有其他单位的项目和问题，请改为 group_ranking
profile-role-county = 角色“{ $role }”不是某一单位的人，没有自己的 { $key }（{ $title }）：请删去，或写 of = "unit"
profile-bulletin-date = bulletin：成文日期应在报告期结束后0至{ $latest }天之内
profile-bulletin-rows = bulletin：most_rows 至少为6（前3名和后3名）
profile-bulletin-projects = bulletin：most_projects 至少为1
profile-bulletin-number = bulletin：发文字号从1开始编，不能是0
profile-bulletin-twice = bulletin：{ $number }号在同一年给了两期，请改一个
profile-bulletin-period = bulletin：“{ $text }”不是报告期：请写成 2026-05、2026-W38 或 2026-09-20
profile-bulletin-no-rankings = bulletin：账册“{ $book }”没有排名，不能列表
profile-bulletin-no-ranking = bulletin：账册“{ $book }”没有排名“{ $ranking }”{ $advice }
profile-bulletin-no-measure = bulletin：排名“{ $ranking }”没有列出指标“{ $measure }”{ $advice }
profile-bulletin-columns = bulletin：一张表列1至{ $most_columns }个指标，竖排的纸放不下更多
profile-chart-fault = 图“{ $chart }”：{ $message }
profile-no-book = 没有账册“{ $id }”{ $advice }
profile-chart-few = 至少要有一个排名（rankings）和两个指标（measures）才能比较
profile-chart-whole = 账册 { $book } 没有 group = "whole" 的排名“{ $id }”{ $advice }
profile-chart-measure = 排名“{ $ranking }”没有指标“{ $id }”{ $advice }
profile-chart-units = 一张图里的指标，计量单位须相同
profile-form-internal = 程序自己生成的账册不发空白表，请删去 [form]
profile-form-twice = “{ $field }”已经列过，空白表上一个字段只能有一列
profile-form-wants = 空白表少了“{ $field }”（{ $title }）：没有它，报回来的行无从认起或不能用
profile-form-number = “{ $field }”不是数字，没有上期数可比
profile-form-asked = “{ $field }”不在 fixed 和 kept 里，本来就每期都填
profile-form-spare = 预留的空行最多{ $most_spare }行
profile-large = { $key } = { $rows } 不行：应在1到{ $most }之间（一张工作表最多放这么多行）
profile-reports-book = reports：没有可报送的账册“{ $id }”{ $advice }
profile-reports-due = 报送期限{ $days }天太长，应在0至{ $latest_due }天之间
profile-score-again = 排名“{ $book }/{ $ranking }”已有一个得分，一个排名只有一个得分
profile-score-fault = 得分“{ $score }”：{ $fault }
profile-decimals = 小数位数最多{ $most_decimals }位
profile-cap = 上限 cap 不应低于下限 floor
profile-score-terms = 至少要有一项 [[score.term]]
profile-not-negative = { $key } 写不小于0的数
profile-no-rankings = 没有账册“{ $book }”的排名{ $advice }
profile-no-ranking = 账册 { $book } 没有排名“{ $ranking }”{ $advice }
profile-score-whole = “{ $ranking }”只有一个合计，没有可以评分的单位
profile-score-missing = 没有满分的一项不能折算，missing 请写 "none" 或 "zero"
profile-score-weight = 权重 weight 应大于0
profile-score-part = 没有 [[score.part]]“{ $part }”{ $advice }
profile-score-unlike = “{ $one }”与“{ $other }”计量单位不同，不能相比
profile-score-condition = “{ $measure }”的条件没有写 at_least 或 below
profile-score-below = “{ $measure }”的 below 应大于 at_least
profile-score-from = 没有排名“{ $from }”（写成 账册/排名）{ $advice }
profile-score-measure = 账册 { $book } 没有指标“{ $measure }”{ $advice }
profile-score-unit = “{ $measure }”不是金额，不用 unit
profile-score-no-term = 没有一项写 part = "{ $part }"
profile-score-when = 没有写明什么情形下生效
profile-score-grade-wanted = grade_at_most 要写明最高能评的等次 grade
profile-score-grade-only = 只有 effect = "grade_at_most" 用 grade
profile-score-grade = 没有等次“{ $grade }”{ $advice }
profile-shape-key = shape = "{ $shape }" 不用 { $key }，它可用的键是 { $keys }
profile-shape-deduct = 只有 shape = "deductions" 用 deduct
profile-shape-measure = 没有写明看哪项指标，请补上 measure
profile-shape-points = 没有写明分值，请补上 points
profile-shape-each = 每一级的幅度 each 应大于0
profile-shape-at = at（数）、at_measure（指标）、at_average = true（各单位平均）须写且只写一个
profile-shape-target = 作分母的目标 at 应大于0
profile-shape-up-down = 每高一级加几分 up、每低一级减几分 down，至少写一个
profile-shape-signs = { $key } 写不小于0的数：up 是加的分，down 是减的分
profile-shape-last = 最后一级不写 at_least 和 and：其余情形都归它，例如 {"{"} points = 0 {"}"}
profile-shape-only-last = 只有最后一级可以没有条件，写在它后面的永远轮不到
profile-shape-descending = 各级的 at_least 应从高到低
profile-shape-places = 请写名次对应的分值 places，或第一名的 points 和每后一名减的 less
profile-shape-places-one = places 与 points、less 只写一种
profile-shape-places-to = places 的 to 应从小到大，只有最后一级不写 to
profile-shape-base = 基础分 base 不应高于满分 points
profile-shape-best = 满意值 best 和不允许值 worst 要么都写且不相等，要么都不写
profile-shape-best-alone = 写了 best 和 worst，就不用 order 和 equal
profile-shape-no-deduct = 没有写明扣什么分，请补上 deduct
profile-shape-deduct-signs = deduct 的 points、most 写不小于0的数（扣的分），each 应大于0
profile-shape-no-sides = 请写明高出各段的 above 或低于各段的 below
profile-shape-sides-to = { $key } 各段的 to 应从小到大（大于0），最后一段不写 to；不再计分的一段写 per = 0
profile-shape-sides-per = { $key } 的 per 写不小于0的数：above 是加的分，below 是减的分
profile-wrong-file = 本级的排名和口径写在 { $choices } 里，请改名或移走这个文件
profile-no-county = 缺少这个文件：它写明排名、档次和序时进度
profile-no-folder = 打不开这个文件夹：{ $error }
profile-not-read = 读不出来（{ $error }），请另存为 UTF-8 编码的文本
profile-not-among = “{ $found }”不在可用的取值之中{ $advice }
profile-should-be = 这里应当是{ $wanted }
profile-cannot-be = 这里的值不能用（{ $message }）
profile-no-key = 没有名为 `{ $key }` 的键{ $advice }
profile-key-missing = 缺少键 { $key }，请补上
profile-a-text = 文字（写在英文双引号里）
profile-a-list = 列表（写成 [ … ]，表格则写成 [[…]]）
profile-a-table = 一组键值（写成 [名称] 一段）
profile-a-number = 数字（不加引号）
profile-a-truth = true 或 false
profile-a-day = 日期（写在英文双引号里：某一天写成 "2026-09-01"，每年的某月某日写成 "06-30"）
profile-toml = 不合 TOML 的写法：{ $hint }（{ $message }）
profile-toml-twice = 同一个键写了两次，请删去一个
profile-toml-string = 文字的引号不成对，请检查英文双引号
profile-toml-array = 方括号不成对，或列表各项之间缺少英文逗号
profile-toml-other = 请检查引号、括号、等号是否都是英文半角且成对
profile-advice-one = ，可用的只有 `{ $nearest }`
profile-advice = ，是否应为 `{ $nearest }`？可用的有：{ $all }
profile-fault-at = { $file } 第{ $line }行第{ $column }列：{ $fault }
profile-fault = { $file }：{ $fault }
profile-faults = 配置文件有{ $count }处错误，改正后再运行：
profile-internal-words = internal = true 的账册由程序生成，不从报表读取：words 应为空
profile-internal-spellings = internal = true 的账册由程序生成，不从报表读取：spellings 应为空
profile-numbers = 金额、个数或数值
profile-rates = 比率（kind = "rate"）
profile-built-in = （内置）{ $name }
profile-day-of-campaign = 专项行动中的日期要写明年份，如 "{ $example }"
