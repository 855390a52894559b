# wuzhang explain: what a rule means.

explain-all =
    程序自身的规则：
    { $own }
    各账册的规则：
    { $books }
    查看一条规则：wuzhang explain 规则
explain-own =
    { $rule }（{ $level }）：{ $title }
      什么时候提出：{ $when }
      怎样处理：{ $cure }
explain-book =
    { $rule }（{ $level }，账册“{ $book }”）：{ $message }
      应为：{ $expected }
      怎样处理：{ $advice }
      规则：{ $holds }
      依据：{ $source }
explain-unknown = 没有规则“{ $rule }”；wuzhang explain 列出全部规则
explain-unknown-near = 没有规则“{ $rule }”，最接近的是“{ $near }”；wuzhang explain 列出全部规则
explain-level-error = 强制性
explain-level-query = 核实性
explain-level-note = 提示性
explain-level-info = 说明
