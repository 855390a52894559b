//! The sheets and columns of `settings.xlsx`: what the reader looks for and the blank form shows.

use super::explanations::EXPLANATIONS;
use super::links::LINKS;
use super::overrides::OVERRIDES;
use super::recipients::RECIPIENTS;

/// A sheet of the settings workbook.
#[derive(Debug)]
pub struct Form {
    /// Its name.
    pub sheet: &'static str,
    /// Other names it may have.
    pub others: &'static [&'static str],
    /// Its columns, in the order of the blank form; the reader takes them in any order.
    pub columns: &'static [Heading],
    /// What the sheet is for, with an example, for whoever fills it in.
    pub note: &'static str,
}

/// A column of a sheet.
#[derive(Debug)]
pub struct Heading {
    /// Its words.
    pub title: &'static str,
    /// Other words for it.
    pub others: &'static [&'static str],
    /// Whether every row needs it.
    pub required: bool,
    /// The only values it takes, where these are few.
    pub choices: &'static [&'static str],
}

pub(super) const fn heading(title: &'static str, others: &'static [&'static str]) -> Heading {
    Heading { title, others, required: false, choices: &[] }
}

pub(super) const fn required(title: &'static str, others: &'static [&'static str]) -> Heading {
    Heading { title, others, required: true, choices: &[] }
}

pub(super) const fn choice(
    title: &'static str,
    others: &'static [&'static str],
    choices: &'static [&'static str],
) -> Heading {
    Heading { title, others, required: true, choices }
}

/// Sheet 单位.
pub const UNITS: Form = Form {
    sheet: "单位",
    others: &["单位名单", "单位名录", "报送单位"],
    columns: &[
        required("单位名称", &["单位", "名称", "单位全称"]),
        heading("别名", &["简称", "其他名称", "曾用名"]),
        choice("类别", &["单位类别", "类型"], &["乡镇", "街道", "部门", "县属企业", "园区"]),
        heading("分组", &["组别", "考核分组"]),
        heading("邮箱", &["电子邮箱", "邮件地址", "邮箱地址"]),
        heading("启用时间", &["启用", "开始时间"]),
        heading("停用时间", &["停用", "结束时间"]),
    ],
    note: "每个报送单位一行。别名之间用“、”隔开，多个邮箱用“;”隔开；启用、停用时间写成 2026-01，不写即一直有效。\
           例：县住房和城乡建设局｜县住建局、住建局｜部门｜甲组｜zjj@yunshan.example｜2026-01",
};

/// Sheet 领导.
pub const LEADERS: Form = Form {
    sheet: "领导",
    others: &["县领导", "联系领导"],
    columns: &[
        required("姓名", &["领导姓名"]),
        heading("职务", &["职位"]),
        heading("邮箱", &["电子邮箱", "邮件地址", "邮箱地址"]),
    ],
    note: "每位联系项目的县领导一行，姓名与各单位报表中的写法一致。",
};

/// Sheet 目标.
pub const TARGETS: Form = Form {
    sheet: "目标",
    others: &["目标任务", "年度目标"],
    columns: &[
        required("账册", &["台账", "账册名称"]),
        required("单位", &["单位名称"]),
        required("指标", &["指标名称"]),
        required("目标值", &["目标", "年度目标值"]),
        heading("计量单位", &[]),
    ],
    note: "每个单位、每项指标一行；全县的目标，单位写“全县”。金额不写计量单位时按万元。\
           例：重点建设项目｜城关镇｜完成投资｜52000｜万元",
};

/// Sheet 调整.
pub const ADJUSTMENTS: Form = Form {
    sheet: "调整",
    others: &["项目调整", "调整事项"],
    columns: &[
        required("账册", &["台账", "账册名称"]),
        required("项目名称", &["项目"]),
        heading("项目代码", &["代码", "项目编码"]),
        choice("调整类型", &["类型", "调整事项"], &["移出", "调入", "计划调整"]),
        heading("调整后年度计划(万元)", &["调整后年度计划投资(万元)", "调整后计划(万元)"]),
        heading("生效时间", &["生效", "执行时间"]),
        required("依据文件", &["依据", "文件", "文号"]),
        required("原因", &["调整原因", "理由"]),
    ],
    note: "经批准的项目移出、调入或年度计划调整，每项一行；计划调整要填调整后的年度计划，移出的项目后来又列入的写“调入”。\
           生效时间写成 2026-05，从该期起算。依据文件和原因会写进成果表。",
};

/// Sheet 分摊.
pub const SHARES: Form = Form {
    sheet: "分摊",
    others: &["项目分摊", "份额", "分摊比例"],
    columns: &[
        required("账册", &["台账", "账册名称"]),
        required("项目名称", &["项目"]),
        heading("项目代码", &["代码", "项目编码"]),
        required("单位", &["单位名称", "分摊单位"]),
        required("份额", &["比例", "分摊比例", "分摊份额"]),
        required("依据文件", &["依据", "文件", "文号"]),
    ],
    note: "几个单位共同负责的项目，每个单位一行；份额写 50%、0.5 或 1/3，同一项目各单位份额之和须正好是100%。\
           金额按份额计入各单位，项目个数计入第一个单位。不在此表的项目只计入一个单位。\
           例：招商引资项目｜智能装备产业园｜｜城关镇｜60%｜云招商〔2026〕8号",
};

/// Sheet 上年同期.
pub const LAST_YEAR: Form = Form {
    sheet: "上年同期",
    others: &["去年同期", "上年"],
    columns: &[
        required("统计口径", &["口径", "排名"]),
        heading("名称", &["单位名称", "单位"]),
        heading("年度计划(万元)", &["年度计划投资(万元)", "上年年度计划(万元)"]),
        heading("完成投资(万元)", &["上年同期完成投资(万元)", "完成(万元)"]),
        heading("报告期", &["用于", "本年报告期"]),
    ],
    note: "上年同期的年度计划和完成投资，用来算同比。统计口径写排名的名称或“全县”，名称写其中的单位、领导或类别。\
           报告期写本年用于哪一期（如 2026-05），只用于这一期；不写的各期都用，换月时请更新。\
           例：全县｜全县｜286000｜135278｜2026-05",
};

/// Sheet 收文.
pub const ARRIVALS: Form = Form {
    sheet: "收文",
    others: &["收文登记", "报送登记"],
    columns: &[
        required("报告期", &["期别", "月份"]),
        required("文件或单位", &["文件", "单位", "单位或文件", "文件名", "单位名称"]),
        heading("账册", &["台账", "账册名称"]),
        heading("收到时间", &["收到日期", "收文时间", "收文日期"]),
        heading("退改次数", &["退改", "退回次数"]),
        heading("说明", &["备注"]),
    ],
    note: "文件收到的时间，以这里登记的为准；没有登记的看邮件时间。写文件名（收件箱里的名称）或单位名称，只指一种表的写明账册。\
           当面退改、没有留下前一份文件的，把次数写在退改次数里。例：2026-05｜城关镇｜重点建设项目｜2026-06-04 16:30｜1｜纸质报送",
};

/// Sheet 报送.
pub const OBLIGATIONS: Form = Form {
    sheet: "报送",
    others: &["报送任务", "应报清单", "报送要求"],
    columns: &[
        required("单位", &["单位名称", "报送单位"]),
        required("账册", &["台账", "账册名称", "报表"]),
        heading("是否应报", &["应报", "报送要求"]),
        heading("启用时间", &["启用", "开始时间"]),
        heading("停用时间", &["停用", "结束时间"]),
    ],
    note: "哪个单位应报哪些账册。单位可写名称，也可写“乡镇”“部门”“园区”“全部”；几种账册用“、”隔开，全部账册写“全部”。写了应报的单位，只按这里写的算应报；\
           没有写的单位，按近几期报过的账册算；写“不报”的，免报该账册。例：乡镇｜重点建设项目、堵点难题｜应报｜2026-01",
};

/// Sheet 加减分.
pub const ENTRIES: Form = Form {
    sheet: "加减分",
    others: &["加分减分", "奖惩", "加扣分"],
    columns: &[
        required("得分", &["排名", "得分名称", "考核"]),
        required("名称", &["单位名称", "单位", "对象"]),
        choice("类型", &["加减", "加减分类型"], &["加分", "减分", "一票否决", "升一档", "降一档"]),
        heading("分值", &["分数", "加减分值"]),
        required("事由", &["原因", "理由"]),
        required("依据文件", &["依据", "文件", "文号"]),
        required("生效时间", &["生效", "执行时间", "时间"]),
    ],
    note: "经批准的加分、减分和一票否决，每件事一行，事由和依据文件会写进成果表。得分写 county.toml 中得分的名称，\
           分值写正数，是加是减看类型；一票否决和升、降一档不填分值。\
           例：月度综合得分｜城关镇｜加分｜2｜承办全县项目观摩会｜云政办〔2026〕12号｜2026-05",
};

/// Sheet 密码.
pub const PASSWORDS: Form = Form {
    sheet: "密码",
    others: &["打开密码", "文件密码"],
    columns: &[heading("单位", &["单位名称"]), required("密码", &["打开密码", "文件密码"])],
    note: "单位报来的文件设有打开密码的，每个密码一行，读取时依次试用；不会写进任何成果。以0开头的密码，先把单元格设为“文本”再填。",
};

/// All sheets, in the order of the blank form.
pub const FORMS: &[&Form] = &[
    &UNITS,
    &LEADERS,
    &TARGETS,
    &ADJUSTMENTS,
    &OVERRIDES,
    &LINKS,
    &EXPLANATIONS,
    &SHARES,
    &LAST_YEAR,
    &ENTRIES,
    &ARRIVALS,
    &OBLIGATIONS,
    &RECIPIENTS,
    &PASSWORDS,
];

/// Sheets that are for people only.
pub const REMARKS: [&str; 4] = ["说明", "填表说明", "使用说明", "备注"];

/// Columns that are for people only, on any sheet.
pub const REMARK_COLUMNS: [&str; 4] = ["序号", "备注", "说明", "联系人"];
