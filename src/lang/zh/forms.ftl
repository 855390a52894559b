# Why forms are not issued.

forms-nobody = 没有要发的表单：设置表“单位”里没有本期要报的单位，台账里也没有报过的单位。请先填写“单位”和“报送”
forms-changed =
    没有发表单：下面的文件发出后改动过，可能已经填写，不覆盖。请把它们移到收件箱 { $inbox } 或别处，再重新运行：
      { $files }
forms-io = 写不了 { $path }：{ $source }。请检查权限和磁盘空间；正在打开的文件请先关闭
forms-no-unit = 没有单位“{ $name }”{ $advice }：请核对设置表“单位”
forms-no-book = 没有账册“{ $name }”{ $advice }
forms-issued = 发出表单{ $forms }份，预填项目{ $rows }行：{ $folder }
forms-rows = { $count }行
forms-from = 取自{ $period }
forms-from-nothing = 台账没有以前的数
forms-without =
    没有规定要报哪种表、没有发的单位：{ $units }
    请在设置表“报送”写明，或用 --unit 和 --book 指定。
forms-removed = 不再要报、已收回的表单：{ $files }
