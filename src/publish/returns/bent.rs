//! A fuzz target: workbooks whose parts are bent are marked or refused, and never end the run. The program also
//! catches a panic here; this is why it has nothing to catch.

use super::*;

/// A change to a part: where, how, with what.
type Change = (u32, u8, u8);

/// Text with changes: bytes set, cut out, repeated, tags put in.
fn bent(bytes: &[u8], changes: &[Change]) -> Vec<u8> {
    const WORDS: [&[u8]; 10] = [
        b"<",
        b"/>",
        b"<row r=\"4294967295\">",
        b"<c r=\"XFD1048576\"/>",
        b"</sheetData>",
        b"<sheet name='x' r:id='rId1'/>",
        b"<mergeCell ref=\"B2:A1\"/>",
        b"<col min=\"0\" max=\"4294967295\" style=\"9\"/>",
        b" s=\"4294967295\"",
        b"\"",
    ];
    let mut bytes = bytes.to_vec();
    for &(at, how, with) in changes.iter().take(8) {
        let at = at as usize % bytes.len().max(1);
        let run = at..(at + 1 + usize::from(with)).min(bytes.len()).max(at);
        match how % 6 {
            0 if at < bytes.len() => bytes[at] = with,
            1 => drop(bytes.drain(run)),
            2 => {
                let again = bytes[run].to_vec();
                bytes.splice(at..at, again);
            }
            3 if with > 220 => bytes.truncate(at),
            _ => drop(bytes.splice(at..at, WORDS[usize::from(with) % WORDS.len()].iter().copied())),
        }
    }
    bytes
}

#[test]
fn bent_workbooks_are_marked_or_refused() {
    let lines = |sheet: &str| {
        let at = |row, column| super::tests::line(Level::Error, sheet, row, column, "有误");
        vec![at(Some(5), Some(2)), at(Some(2), None), at(None, Some(3)), at(Some(40), Some(9)), at(None, None)]
    };
    let rich = super::tests::rich().unwrap();
    let asked = super::tests::report(lines("项目"));
    let returned = super::tests::returned(&rich, &asked);
    let mut again = super::tests::report(lines("封面"));
    again.earlier = vec!["需修改事项".into(), "回执".into()];
    let seeds = [(rich, asked), (returned, again)];
    let count = std::sync::atomic::AtomicUsize::new(0);
    bolero::check!().with_iterations(150).with_type::<(bool, u8, Vec<Change>)>().for_each(|(seed, part, changes)| {
        count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let (bytes, report) = &seeds[usize::from(*seed)];
        let mut package = Package::open(bytes.clone()).unwrap();
        let names: Vec<String> = package.names().map(str::to_owned).collect();
        let name = &names[usize::from(*part) % names.len()];
        let part = bent(&package.part(name).unwrap().unwrap(), changes);
        package.set_part(name, part);
        let package = Package::open(package.save().unwrap()).unwrap();
        if let Ok(made) = splice::spliced(package, report, &[]) {
            let made = Package::open(made.bytes).unwrap();
            let added = made.names().filter(|name| name.contains("worksheets/sheet"));
            assert!(added.count() >= 2);
        }
    });
    println!("returns of bent workbooks: {} executions", count.into_inner());
}
