//! All that the sample county's office gives out, as other programs see it: rankings, check report, bulletin, returns,
//! blank forms, the plan of mail, the settings form. Every formula's stored value is what LibreOffice reckons, openpyxl
//! reads every workbook, LibreOffice every bulletin and letter.
//!
//! May only; `WUZHANG_SAMPLE=all` takes every period of the sample. Programs that are not installed are left out, which
//! is said.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::fire::office::program;
use crate::publish_recalc::{Books, differences};

struct Documents {
    folder: tempfile::TempDir,
    /// Every file, by its path below the office.
    names: Vec<String>,
}

impl Documents {
    fn ending(&self, ending: &str) -> Vec<PathBuf> {
        let wanted = self.names.iter().filter(|name| name.ends_with(ending));
        wanted.map(|name| self.folder.path().join(name)).collect()
    }
}

fn wuzhang(root: &Path, arguments: &[&str]) {
    let output = Command::new(program()).current_dir(root).args(arguments).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {:?} {told}", output.status);
}

/// The periods asked for, those before them first.
fn periods(inbox: &Path) -> Vec<String> {
    if std::env::var("WUZHANG_SAMPLE").as_deref() != Ok("all") {
        return vec!["2026-04".into(), "2026-05".into()];
    }
    let entries = fs::read_dir(inbox).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut periods: Vec<String> = entries.collect();
    periods.sort();
    periods
}

/// The office after its runs, made once.
fn documents() -> &'static Documents {
    static MADE: OnceLock<Documents> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/yunshan");
        for name in ["inbox", "profile"] {
            copied(&sample.join(name), &folder.path().join(name));
        }
        for name in ["settings.xlsx", "wuzhang.toml"] {
            fs::copy(sample.join(name), folder.path().join(name)).unwrap();
        }
        let periods = periods(&folder.path().join("inbox"));
        for period in &periods {
            wuzhang(folder.path(), &["run", ".", "--period", period, "--quiet"]);
        }
        let last = periods.iter().rfind(|period| !period.contains('W')).unwrap();
        wuzhang(folder.path(), &["send", ".", "--period", last]);
        wuzhang(folder.path(), &["forms", ".", "--period", last]);
        fs::write(folder.path().join("out/设置表.xlsx"), wuzhang::publish::settings_form().unwrap()).unwrap();
        let mut names = Vec::new();
        for top in ["out", "forms"] {
            listed(folder.path(), &folder.path().join(top), &mut names);
        }
        names.sort();
        Documents { folder, names }
    })
}

fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copied(&entry.path(), &target),
            false => assert!(fs::copy(entry.path(), target).is_ok()),
        }
    }
}

fn listed(root: &Path, folder: &Path, names: &mut Vec<String>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        match path.is_dir() {
            true => listed(root, &path, names),
            false => names.push(path.strip_prefix(root).unwrap().to_string_lossy().into_owned()),
        }
    }
}

#[test]
fn libreoffice_reckons_every_document_as_it_is_stored() {
    let made = documents();
    let read = |path: PathBuf| {
        (path.strip_prefix(made.folder.path()).unwrap().display().to_string(), fs::read(&path).unwrap())
    };
    let books: Books = made.ending(".xlsx").into_iter().map(read).collect();
    // Many at once take its memory, one at a time its start: a few dozen.
    let (mut compared, mut differing) = (0, Vec::new());
    for some in books.chunks(40) {
        let Some((counts, told)) = differences(some) else {
            return println!("left out: LibreOffice is not installed, stored values were not compared");
        };
        compared += counts.iter().sum::<usize>();
        differing.extend(told);
    }
    println!("{}个工作簿，{compared}个公式，{}处不同", books.len(), differing.len());
    assert!(differing.is_empty(), "{} of {compared}: {:#?}", differing.len(), &differing[..differing.len().min(30)]);
    assert!(compared > 1_000, "{compared} formulas");
}

#[test]
fn openpyxl_reads_every_document() {
    const SCRIPT: &str = "import sys, warnings, openpyxl\nwarnings.simplefilter('ignore')\n\
        for path in sys.stdin.read().splitlines():\n    book = openpyxl.load_workbook(path)\n    \
        print(sum(1 for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None))";
    let paths = documents().ending(".xlsx");
    let list: String = paths.iter().map(|path| format!("{}\n", path.display())).collect();
    let mut command = Command::new("python3");
    command.args(["-c", "import openpyxl"]);
    if !command.output().is_ok_and(|done| done.status.success()) {
        return println!("left out: Python with openpyxl is not installed, workbooks were not read by it");
    }
    let output = fed(Command::new("python3").args(["-c", SCRIPT]), &list);
    let told = String::from_utf8_lossy(&output.stderr);
    let counts: Vec<usize> =
        String::from_utf8_lossy(&output.stdout).lines().map(|line| line.parse().unwrap()).collect();
    assert!(output.status.success() && counts.len() == paths.len(), "{} of {}: {told}", counts.len(), paths.len());
    assert!(counts.iter().all(|count| *count > 0), "a workbook without a cell");
    println!("{}个工作簿，{}个单元格", counts.len(), counts.iter().sum::<usize>());
}

/// Runs a command with a text on its standard input.
fn fed(command: &mut Command, text: &str) -> std::process::Output {
    use std::io::Write;
    use std::process::Stdio;
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn libreoffice_opens_every_bulletin() {
    let made = documents();
    let bulletins = made.ending(".docx");
    assert!(!bulletins.is_empty());
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new("soffice");
    command.arg(format!("-env:UserInstallation=file://{}", folder.path().join("profile").display()));
    command.args(["--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir"]).arg(folder.path());
    // Their names are the same in every period.
    for (at, path) in bulletins.iter().enumerate() {
        let numbered = folder.path().join(format!("{at}.docx"));
        fs::copy(path, &numbered).unwrap();
        command.arg(numbered);
    }
    let Ok(output) = command.output() else {
        return println!("left out: LibreOffice is not installed, bulletins were not opened");
    };
    for (at, bulletin) in bulletins.iter().enumerate() {
        let text = fs::read_to_string(folder.path().join(format!("{at}.txt")));
        let text = text.unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
        assert!(text.contains("云山县"), "{}: {text}", bulletin.display());
    }
    println!("{}份通报", bulletins.len());
}
