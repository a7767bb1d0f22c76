use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::record::Field;

use super::*;
use crate::facts::{CATALOGUE, catalogue};
use crate::model::{Fact, FactState, Gap, Kind, Origin, SetBy, Stood, Unknown, Verdict};
use crate::report::hostile::with_text;
use crate::report::testing::{HOSTILE, audited, everything, many, nothing};

type Row = BTreeMap<String, Field>;

fn write(folder: &Path, results: &Results) {
    write_folder(folder, results, &ReportOptions::default()).unwrap();
}

/// Every file under a folder, relative to it; sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => files.push(path.strip_prefix(folder).unwrap().to_path_buf()),
            }
        }
    }
    files.sort();
    files
}

fn reader(path: &Path) -> SerializedFileReader<fs::File> {
    SerializedFileReader::new(fs::File::open(path).unwrap()).unwrap()
}

/// The rows of a table.
fn rows(folder: &Path, table: &str) -> Vec<Row> {
    let of_table = files(folder).into_iter().filter(|file| file.starts_with(table));
    of_table
        .flat_map(|file| {
            let reader = reader(&folder.join(file));
            let rows = reader.get_row_iter(None).unwrap();
            rows.map(|row| row.unwrap().into_columns().into_iter().collect::<Row>()).collect::<Vec<_>>()
        })
        .collect()
}

fn text(row: &Row, column: &str) -> Option<String> {
    match &row[column] {
        Field::Null => None,
        Field::Str(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// A gap of an account, or of none that the place tells.
fn unread(place: &str, mut results: Results) -> Results {
    results.gaps = vec![Gap { place: place.into(), reason: "denied".into() }];
    results
}

fn said(row: &Row, column: &str) -> String {
    text(row, column).unwrap_or_default()
}

fn written(results: &Results) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), results);
    folder
}

fn on(day: &str, mut results: Results) -> Results {
    results.run.as_of = format!("{day}T06:00:00Z").into();
    results
}

fn of_account(account: &str, mut results: Results) -> Results {
    for resource in &mut results.resources {
        resource.scope.account = Some(account.into());
    }
    results.drift.drifts.clear();
    results
}

#[test]
fn every_verdict_reads_back() {
    let results = everything();
    let folder = written(&results);
    let mut told: Vec<(String, String, String, String)> = rows(folder.path(), "verdicts")
        .iter()
        .map(|row| (said(row, "rule"), said(row, "resource"), said(row, "verdict"), said(row, "message")))
        .collect();
    let mut expected: Vec<_> = results
        .findings(Verdict::ALL)
        .map(|finding| {
            let verdict = finding.outcome.verdict.to_string();
            (finding.rule.id.to_string(), finding.resource.id.to_string(), verdict, finding.message())
        })
        .collect();
    told.sort();
    expected.sort();
    assert_eq!(told, expected);
}

#[test]
fn a_verdict_has_its_typed_columns() {
    let folder = written(&everything());
    let rows = rows(folder.path(), "verdicts");
    let find = |rule: &str, resource: &str| {
        let is_it = |row: &&Row| said(row, "rule") == rule && said(row, "resource") == resource;
        rows.iter().find(is_it).unwrap().clone()
    };
    let waived = find("DBK-OWN-001", "aws_rds_cluster.zoo");
    assert_eq!((said(&waived, "waiver"), said(&waived, "waiver_approver")), ("W-2".to_owned(), "Ada".to_owned()));
    // 2026-12-01.
    assert_eq!(waived["waiver_expires"], Field::Date(20_788));
    let old = find("DBK-ACC-001", HOSTILE);
    assert_eq!(old["as_of"], Field::TimestampMillis(1_795_327_200_000));
    assert_eq!((&old["age_days"], &old["severity_rank"]), (&Field::Long(21), &Field::Long(3)));
    assert_eq!((said(&old, "owner"), said(&old, "tier")), ("db-team".to_owned(), "tier-2".to_owned()));
    let placed = find("DBK-RET-001", "aws_db_instance.a");
    assert_eq!((said(&placed, "file"), &placed["line"]), ("envs/prod eu/main.tf".to_owned(), &Field::Long(7)));
    assert_eq!(find("DBK-ACC-001", "aws_db_instance.z")["fingerprint"], Field::Null);
}

#[test]
fn every_fact_of_its_kind_is_a_row_with_its_state() {
    let mut results = everything();
    for resource in &mut results.resources {
        let secret = Fact::new(FactState::Unknown(Unknown::Sensitive), Origin::attribute("username", SetBy::Source));
        resource.facts.set(catalogue::MASTER_USERNAME, secret);
    }
    let folder = written(&results);
    let rows = rows(folder.path(), "facts");
    let of = |resource: &str| rows.iter().filter(|row| said(row, "resource") == resource).collect::<Vec<_>>();
    let of_instance = CATALOGUE.iter().filter(|def| def.kinds.contains(&Kind::Instance)).count();
    let one = of("aws_db_instance.a");
    // And one row for the one tag.
    assert_eq!(one.len(), of_instance + 1);
    let fact = |name: &str, key: Option<&str>| {
        let is_it = |row: &&&Row| said(row, "fact") == name && text(row, "key").as_deref() == key;
        (*one.iter().find(is_it).unwrap()).clone()
    };
    let days = fact("backup_retention_days", None);
    assert_eq!(
        (&days["value_number"], said(&days, "value"), said(&days, "unit")),
        (&Field::Long(1), "1".into(), "days".into())
    );
    let cidrs = fact("ingress_cidrs", None);
    assert_eq!(said(&cidrs, "value"), r#"["0.0.0.0/0"]"#);
    assert_eq!(said(&cidrs, "attribute_of"), "aws_security_group.open");
    let owner = fact("tags", Some("owner"));
    assert_eq!((said(&owner, "value"), said(&owner, "value_text")), ("\"db-team\"".to_owned(), "db-team".to_owned()));
    assert_eq!((said(&fact("tags", None), "state"), text(&fact("tags", None), "value")), ("known".to_owned(), None));
    assert_eq!(said(&fact("multi_az", None), "state"), "missing");
    let secret = fact("master_username", None);
    assert_eq!((said(&secret, "state"), said(&secret, "cause")), ("unknown".to_owned(), "withheld".to_owned()));
    for column in ["value", "value_text", "value_number", "value_bool"] {
        assert_eq!(secret[column], Field::Null);
    }
}

#[test]
fn every_drift_reads_back() {
    let results = audited();
    let folder = written(&results);
    let mut told: Vec<(String, String, String)> = rows(folder.path(), "drift")
        .iter()
        .map(|row| (said(row, "fingerprint"), said(row, "class"), said(row, "running")))
        .collect();
    let value =
        |value: Option<&crate::model::Value>| value.map_or(String::new(), |one| serde_json::to_string(one).unwrap());
    let mut expected: Vec<_> = results
        .drift
        .drifts
        .iter()
        .map(|drift| (drift.fingerprint(), drift.class.to_string(), value(drift.running.as_ref())))
        .collect();
    told.sort();
    expected.sort();
    assert_eq!(told, expected);
}

#[test]
fn nothing_at_all_is_a_partition_without_rows() {
    let folder = written(&nothing());
    assert_eq!(files(folder.path()).len(), TABLES.len());
    for table in &TABLES {
        assert_eq!(rows(folder.path(), table.name), Vec::<Row>::new());
    }
}

#[test]
fn the_same_results_give_the_same_bytes() {
    let (one, other) = (written(&audited()), written(&audited()));
    assert_eq!(files(one.path()), files(other.path()));
    for file in files(one.path()) {
        let read = |folder: &tempfile::TempDir| fs::read(folder.path().join(&file)).unwrap();
        assert_eq!(read(&one), read(&other), "{}", file.display());
    }
}

#[test]
fn a_day_is_added_and_a_second_run_of_it_replaces_its_own_files_alone() {
    let folder = tempfile::tempdir().unwrap();
    let days = |folder: &Path| {
        let rows = rows(folder, "verdicts");
        let day = |row: &Row| (row["as_of"].to_string().chars().take(10).collect::<String>(), said(row, "account_id"));
        rows.iter().map(day).fold(BTreeMap::new(), |mut days: BTreeMap<_, usize>, day| {
            *days.entry(day).or_default() += 1;
            days
        })
    };
    let run = |day: &str, account: &str, findings| write(folder.path(), &on(day, of_account(account, many(findings))));
    let key = |day: &str, account: &str| (day.to_owned(), account.to_owned());
    run("2026-11-21", "one", 3);
    run("2026-11-22", "one", 5);
    assert_eq!(days(folder.path()), BTreeMap::from([(key("2026-11-21", "one"), 3), (key("2026-11-22", "one"), 5)]));
    // The day has another account now, and the one of before is gone from it.
    run("2026-11-22", "two", 7);
    assert_eq!(days(folder.path()), BTreeMap::from([(key("2026-11-21", "one"), 3), (key("2026-11-22", "two"), 7)]));
    assert!(!folder.path().join("verdicts/date=2026-11-22/account=one").exists());
    let options = ReportOptions { category: Some("another".into()), ..ReportOptions::default() };
    write_folder(folder.path(), &on("2026-11-22", of_account("two", many(2))), &options).unwrap();
    assert_eq!(days(folder.path())[&key("2026-11-22", "two")], 9);
    run("2026-11-22", "one", 1);
    let left = [(key("2026-11-21", "one"), 3), (key("2026-11-22", "one"), 1), (key("2026-11-22", "two"), 2)];
    assert_eq!(days(folder.path()), BTreeMap::from(left));
}

#[test]
fn inputs_of_one_file_name_stand_beside_each_other() {
    let folder = tempfile::tempdir().unwrap();
    for path in ["/pa/tfplan.json", "/pb/tfplan.json", "../tfplan.json", "tfplan.json"] {
        let mut results = many(3);
        results.sources[0].path = path.into();
        results.drift.drifts.clear();
        write(folder.path(), &results);
        write(folder.path(), &results);
    }
    let rows = rows(folder.path(), "verdicts");
    let categories: BTreeSet<String> = rows.iter().map(|row| said(row, "category")).collect();
    assert_eq!((rows.len(), categories.len()), (12, 4), "{categories:?}");
}

#[test]
fn what_could_not_be_read_is_a_row_and_keeps_what_was_known_of_the_day() {
    const ONE: &str = "111122223333";
    const OTHER: &str = "444455556666";
    let folder = tempfile::tempdir().unwrap();
    let count = |table: &str| {
        let rows = rows(folder.path(), table);
        rows.iter().fold(BTreeMap::new(), |mut count: BTreeMap<String, usize>, row| {
            *count.entry(said(row, "account_id")).or_default() += 1;
            count
        })
    };
    let counts = |all: &[(&str, usize)]| all.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
    let run = |results: Results| write(folder.path(), &on("2026-11-22", results));
    run(of_account(ONE, many(3)));
    // The first could not be entered: what was known of it stays, and the gap says that it is of before.
    run(unread(&format!("{ONE}/eu-west-1"), of_account(OTHER, many(5))));
    assert_eq!((count("verdicts"), count("gaps")), (counts(&[(ONE, 3), (OTHER, 5)]), counts(&[(ONE, 1)])));
    let gap = rows(folder.path(), "gaps").remove(0);
    assert_eq!((said(&gap, "place"), said(&gap, "reason")), (format!("{ONE}/eu-west-1"), "denied".to_owned()));
    // Nobody knows of what.
    run(unread("accounts of the organization", nothing_seen()));
    assert_eq!((count("verdicts"), count("gaps")), (counts(&[(ONE, 3), (OTHER, 5)]), counts(&[("", 1)])));
    // Part of it was read: that is what is known now.
    run(unread(&format!("{ONE}/eu-west-1"), of_account(ONE, many(2))));
    assert_eq!((count("verdicts"), count("gaps")), (counts(&[(ONE, 2)]), counts(&[(ONE, 1)])));
    // It was there and is gone.
    run(of_account(OTHER, many(4)));
    assert_eq!((count("verdicts"), count("gaps")), (counts(&[(OTHER, 4)]), counts(&[])));
}

/// One source, and nothing in it that was judged.
fn nothing_seen() -> Results {
    of_account("", Results { resources: Vec::new(), assignments: Vec::new(), verdicts: Vec::new(), ..many(1) })
}

#[test]
fn a_run_that_could_read_nothing_writes_that_alone() {
    let folder = written(&unread("111122223333/eu-west-1", nothing_seen()));
    assert_eq!(files(folder.path()).len(), 1);
    let of_another_provider = unread("prod/eu/west", of_account("prod/eu", many(1)));
    let folder = written(&of_another_provider);
    assert_eq!(said(&rows(folder.path(), "gaps")[0], "account_id"), "prod/eu");
}

#[test]
fn a_failure_says_how_it_stands_to_the_change() {
    let mut results = everything();
    let failures = results.findings(&[Verdict::Fail]).map(|finding| finding.indices());
    results.standing = Some(failures.take(1).map(|at| (at, Stood::Before)).collect());
    let folder = written(&results);
    let count = |word: &str| rows(folder.path(), "verdicts").iter().filter(|row| said(row, "standing") == word).count();
    let counts = results.counts();
    assert_eq!((count("stood_before"), count("new")), (1, counts.fail - 1));
    assert_eq!(count(""), counts.total() - counts.fail);
    let folder = written(&everything());
    assert!(rows(folder.path(), "verdicts").iter().all(|row| text(row, "standing").is_none()));
}

#[test]
fn hostile_accounts_stay_in_the_folder_with_all_their_rows() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("lake");
    for hostile in ["../../../etc", "/etc/passwd", "a=b/date=1970-01-01", "", "..", "CON", "\0\n", HOSTILE] {
        let results = with_text(hostile);
        write(&folder, &results);
        assert_eq!(rows(&folder, "verdicts").len(), results.counts().total(), "{hostile:?}");
        assert_eq!(rows(&folder, "drift").len(), results.drift.drifts.len(), "{hostile:?}");
        assert_eq!(fs::read_dir(outer.path()).unwrap().count(), 1);
        assert!(files(&folder).iter().all(|file| file.components().count() == 4));
        fs::remove_dir_all(&folder).unwrap();
    }
}

#[test]
fn a_place_that_takes_no_files_is_an_error_and_what_was_there_stays() {
    let folder = tempfile::tempdir().unwrap();
    let error = |path: &Path| write_folder(path, &everything(), &ReportOptions::default()).unwrap_err().kind();
    assert_eq!(error(&folder.path().join("no/such")), io::ErrorKind::NotFound);
    let file = folder.path().join("file");
    fs::write(&file, "mine").unwrap();
    assert_eq!(error(&file), io::ErrorKind::NotADirectory);
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    // Somebody's file where a table should be: nothing of the run is put there, and nothing is left beside it.
    let lake = folder.path().join("lake");
    fs::create_dir(&lake).unwrap();
    fs::write(lake.join("facts"), "mine").unwrap();
    assert_eq!(error(&lake), io::ErrorKind::NotADirectory);
    assert_eq!(files(&lake), [PathBuf::from("facts")]);
}

#[test]
fn a_large_table_is_written_in_row_groups() {
    const COLUMN: table::Column = cells::column("number", table::ColumnType::Integer, "");
    let path = tempfile::tempdir().unwrap();
    let path = path.path().join("large.parquet");
    let create = |path| TableFile::new(File::create(path).unwrap(), [&[COLUMN], &[], &[]], &nothing().run).unwrap();
    assert!(create(&path).row(["no number".into()]).is_err());
    let mut file = create(&path);
    (0..70_000_i64).try_for_each(|number| file.row([number.into()])).unwrap();
    file.finish().unwrap();
    let reader = reader(&path);
    let groups: Vec<i64> = reader.metadata().row_groups().iter().map(|group| group.num_rows()).collect();
    assert_eq!(groups, [65_536, 4_464]);
}

#[test]
fn a_file_says_what_it_is_made_from() {
    let folder = written(&everything());
    let file = files(folder.path()).remove(0);
    let reader = reader(&folder.path().join(file));
    let about = reader.metadata().file_metadata();
    assert_eq!(about.created_by(), Some("dbkeel 0.1.0"));
    let keys: Vec<(&str, Option<&str>)> = about
        .key_value_metadata()
        .into_iter()
        .flatten()
        .map(|one| (one.key.as_str(), one.value.as_deref()))
        .filter(|(key, _)| key.starts_with("dbkeel.") && !key.ends_with("sha256"))
        .collect();
    let expected = [
        ("dbkeel.schema", Some("dbkeel.parquet/v1")),
        ("dbkeel.as_of", Some("2026-11-22T06:00:00Z")),
        ("dbkeel.baseline", Some("standard")),
    ];
    assert_eq!(keys, expected);
}

/// The part of the documentation that is made from the columns.
fn tables() -> String {
    let mut page = String::new();
    for table in &TABLES {
        page.push_str(&format!("### `{}`\n\n| column | type | what it is |\n| --- | --- | --- |\n", table.name));
        for column in table.columns.into_iter().flatten() {
            page.push_str(&format!("| `{}` | {} | {} |\n", column.name, column.ty.sql(), column.about));
        }
        page.push('\n');
    }
    page
}

#[test]
fn the_page_of_the_tables_is_that_of_the_columns() {
    const BEGIN: &str =
        "<!-- columns: made from src/report/parquet by `DBKEEL_WRITE_DOCS=1 cargo test --lib the_page_of` -->\n\n";
    const END: &str = "<!-- end of columns -->";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/parquet.md");
    let page = fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (columns, after) = rest.split_once(END).unwrap();
    if std::env::var_os("DBKEEL_WRITE_DOCS").is_some() {
        fs::write(&path, format!("{before}{BEGIN}{}{END}{after}", tables())).unwrap();
        return;
    }
    assert!(
        columns == tables(),
        "docs/parquet.md is stale; `DBKEEL_WRITE_DOCS=1 cargo test --lib the_page_of` writes it"
    );
}

#[test]
fn no_column_is_named_as_a_partition_or_twice() {
    for table in &TABLES {
        let mut names: Vec<&str> = table.columns.into_iter().flatten().map(|column| column.name).collect();
        let all = names.len();
        names.extend(["date", "account"]);
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all + 2, "{}", table.name);
    }
}
