# Why forms are not issued.

forms-nobody = 没有要发的表单：设置表“单位”里没有本期要报的单位，台账里也没有报过的单位。请先填写“单位”和“报送”
forms-changed =
    没有发表单：下面的文件发出后改动过，可能已经填写，不覆盖。请把它们移到收件箱 { $inbox } 或别处，再重新运行：
      { $files }
forms-io = 写不了 { $path }：{ $source }。请检查权限和磁盘空间；正在打开的文件请先关闭
