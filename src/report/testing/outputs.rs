//! Every format on disk, for validators that are not written in Rust.

use std::fs;
use std::path::Path;

use super::super::hostile::{in_an_account, with_text};
use super::{HOSTILE, audited, nothing, render};
use crate::report::output::write_file;
use crate::report::{Format, ReportOptions};

/// What else a name may hold: the ends of comments and sections, characters that XML forbids, commands of pipelines.
const MORE: &str = "]]>--><!--\u{fffe}\u{0}\u{1b}]0;title\u{7}\u{9b}31m\r\n::error::x\n##vso[task.complete]%0A";

/// Writes `canonical.<format>`, `empty.<format>` and `hostile.<format>` of every format, when `./run-tests` asks for them.
#[test]
fn outputs_for_validators() {
    let Some(folder) = std::env::var_os("DBKEEL_WRITE_OUTPUTS") else { return };
    let folder = Path::new(&folder);
    fs::create_dir_all(folder).unwrap();
    let hostile = with_text(&format!("{HOSTILE}{MORE}"));
    // Formats that ask for an account leave out what is of none.
    let known = in_an_account(hostile.clone());
    let runs = [("canonical", audited()), ("empty", nothing()), ("hostile", hostile), ("hostile-in-account", known)];
    for (name, results) in &runs {
        for format in Format::ALL {
            fs::write(folder.join(format!("{name}.{format}")), render(format.name(), results)).unwrap();
        }
        for format in Format::FOLDERS {
            let path = folder.join(format!("{name}.{format}"));
            write_file(path.to_str().unwrap(), *format, results, &ReportOptions::default()).unwrap();
        }
    }
}
