cluster-not-county = { $path } 是市级工作区，没有部门报来的文件：请给出各县的工作区，市级工作区用 --for 给出
cluster-not-city = { $path } 不是市级工作区，不能汇总别的县：请在它的 wuzhang.toml 里写 level = "city"，或者不给 --office
cluster-no-roster = { $path } 没有单位名单：各台机器分别读表，单位名称只能按同一份名单认定；请在 settings.xlsx 的“单位”表填写
cluster-nameless = { $path } 的 wuzhang.toml 没有写 county：汇总到上级要有县名
cluster-unknown = 上级的 wuzhang.toml 里没有“{ $name }”，只有：{ $known }；请两处写同一个县名
cluster-same-name = 有两个工作区都叫“{ $name }”：请改正 wuzhang.toml 里的 county
cluster-other-columns = { $name }的账册 { $book } 与上级的列类型不同：请统一两级的账册文件
cluster-no-file = 收件箱里没有“{ $name }”：清单和收件箱不一致，请重新运行 wuzhang cluster plan
cluster-empty-list = 清单是空的：一行写一个文件，从收件箱算起
cluster-line = 待并账清单第{ $line }行读不懂：{ $fault }
cluster-registered = 收文登记 { $path } 读不懂：{ $fault }。请换一个空的工作文件夹重新提交作业
cluster-unread = “{ $name }”没有读表登记：共享文件夹还没有同步的，过一会儿再提交同一作业；收件箱在读表之后变了的，请换一个空的工作文件夹提交
cluster-io = 读写 { $path } 失败：{ $source }。请检查权限和磁盘空间；同一个任务可以再运行一次
cluster-answer-line = 集群结果第{ $line }行读不懂：请用 cluster/ 里的程序重新计算
cluster-other-plan = 集群结果不是按现在的配置、设置和程序计算的：请重新计算
cluster-missing = 集群结果里没有“{ $name }”：计算没有完成，请重新计算
