//! What every command needs: where to print, whether in colour, what time it is.

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{CliError, ColorChoice, Environment, GlobalArgs};
use crate::baseline::{self, Baseline};
use crate::diagnostic::Diagnostic;
use crate::model::{Rule, Tier};
use crate::policy::{self, Policies, Policy, PolicyFile};
use crate::waiver::{self, Waivers};

/// The surroundings of a command.
#[derive(Debug)]
pub(super) struct Context {
    pub(super) now: jiff::Timestamp,
    pub(super) color: bool,
    pub(super) quiet: bool,
    /// Whether a person looks at stderr.
    pub(super) stderr_terminal: bool,
    pub(super) github_actions: bool,
    /// What the environment gives to Terraform.
    pub(super) terraform: BTreeMap<String, String>,
}

impl Context {
    pub(super) fn new(args: &GlobalArgs, environment: &Environment) -> Self {
        let choose = |detected: bool| match args.color {
            ColorChoice::Auto => detected,
            ColorChoice::Always => true,
            ColorChoice::Never => false,
        };
        Self {
            now: environment.now,
            color: choose(environment.stdout_color),
            quiet: args.quiet,
            stderr_terminal: environment.stderr_terminal,
            github_actions: environment.github_actions,
            terraform: environment.terraform.clone(),
        }
    }

    /// Writes to stdout, as [`print`] does.
    #[expect(clippy::unused_self, reason = "commands write by their context only")]
    pub(super) fn print(&self, bytes: &[u8]) -> Result<(), CliError> {
        print(bytes)
    }

    /// Says what is wrong with something that the run goes on without, also when `--quiet`.
    pub(super) fn error(&self, diagnostic: &Diagnostic) {
        anstream::eprintln!("{}", diagnostic.render(self.color));
    }

    /// Says something to the person at the terminal, unless `--quiet`.
    pub(super) fn note(&self, text: &str) {
        if !self.quiet {
            anstream::eprintln!("{text}");
        }
    }
}

/// Writes to stdout. A reader that went away (`dbkeel facts | head`) is no error.
///
/// # Errors
///
/// When stdout cannot be written to.
pub fn print(bytes: &[u8]) -> Result<(), CliError> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(CliError::Output { place: "stdout".into(), error })
        }
        _ => Ok(()),
    }
}

/// Sets the number of threads, once a process.
pub(super) fn use_threads(jobs: Option<u16>) -> Result<(), CliError> {
    let Some(jobs) = jobs else { return Ok(()) };
    rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs)).build_global().map_err(|error| CliError::Usage {
        message: format!("cannot start {jobs} threads: {error}"),
        help: "give `--jobs` a smaller number".into(),
    })
}

/// The policy files: those in the binary, and those of the folders.
pub(super) fn policy_files(dirs: &[PathBuf]) -> Result<Vec<PolicyFile>, CliError> {
    let mut files = policy::embedded();
    for dir in dirs {
        let more = policy::read(dir).map_err(|error| {
            let place = error.path.clone();
            let why = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
            Diagnostic::new(format!("cannot read policies from `{place}`: {why}"))
                .help("give `--policy` a folder with `.rego` files that you may read")
        })?;
        if more.is_empty() {
            return Err(Diagnostic::new(format!("no `.rego` file is under `{}`", dir.display()))
                .help("give `--policy` a folder with rules; leave it out to use only those in the binary")
                .into());
        }
        files.extend(more);
    }
    Ok(files)
}

/// The rules: those in the binary, and those of the folders.
pub(super) fn policies(dirs: &[PathBuf]) -> Result<Policies, CliError> {
    if dirs.is_empty() {
        return Ok(policy::load_embedded()?);
    }
    Ok(policy::load(&policy_files(dirs)?)?)
}

/// The rule of a name that the command line gives.
pub(super) fn policy<'p>(policies: &'p Policies, name: &str) -> Result<&'p Policy, CliError> {
    policies.find(name).ok_or_else(|| CliError::Usage {
        message: format!("no rule is called `{name}`"),
        help: policies.nearest(name).map_or_else(
            || "`dbkeel policy list` lists the rules".to_owned(),
            |nearest| format!("did you mean `{nearest}`? `dbkeel policy list` lists the rules"),
        ),
    })
}

/// A baseline for these rules.
pub(super) fn baseline(name_or_path: &str, policies: &Policies) -> Result<Baseline, CliError> {
    let rules: Vec<Arc<Rule>> = policies.iter().map(|policy| Arc::clone(&policy.rule)).collect();
    Ok(baseline::load(name_or_path, &|path| std::fs::read(path), &rules)?)
}

/// Every baseline in the binary, for these rules.
pub(super) fn embedded_baselines(policies: &Policies) -> Result<Vec<Baseline>, CliError> {
    baseline::EMBEDDED.iter().map(|(name, _)| baseline(name, policies)).collect()
}

/// The waivers of a file; the tiers are those of the run's baseline, with the severities that hold.
pub(super) fn waivers(file: &Path, policies: &Policies, tiers: &[Tier]) -> Result<Waivers, CliError> {
    let (name, text) = waiver_text(file)?;
    let rules: Vec<Arc<Rule>> = policies.iter().map(|policy| Arc::clone(&policy.rule)).collect();
    Ok(waiver::parse(&name, &text, &rules, tiers)?)
}

/// The name and the text of a waiver file.
pub(super) fn waiver_text(file: &Path) -> Result<(String, String), CliError> {
    let name = file.display().to_string().replace('\\', "/");
    let text = std::fs::read(file).map_err(|error| error.to_string());
    let text = text.and_then(|bytes| String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned()));
    let text = text.map_err(|why| {
        Diagnostic::new(format!("waiver file `{name}` cannot be read: {why}"))
            .help("give a YAML file that you may read; `dbkeel waiver new` writes its entries")
    })?;
    Ok((name, text))
}

/// A value as indented JSON, with a line feed at the end.
pub(super) fn json(value: &impl serde::Serialize) -> String {
    // Only a map with keys that are not texts, or a failing `Serialize`, could make this fail; ours have neither.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// Reads an instant: RFC 3339, or a date, which means its first second in UTC.
pub(super) fn parse_instant(text: &str) -> Result<jiff::Timestamp, String> {
    let date = |text: &str| {
        text.parse::<jiff::civil::Date>().ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|day| day.timestamp())
    };
    let instant = if text.len() == 10 { date(text) } else { text.parse().ok() };
    // The last days of the calendar are no instants any more; they are as far off as the others.
    let day = || text.get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok());
    let is_beyond = match instant {
        Some(instant) => !is_judged(instant),
        None => day().is_some_and(|day| !policy::YEARS.contains(&day.year())),
    };
    if is_beyond {
        let (first, last) = (policy::YEARS.start(), policy::YEARS.end());
        return Err(format!("rules tell the time in the years {first} to {last} only; give an instant among them"));
    }
    instant.ok_or_else(|| "expected RFC 3339, such as `2026-11-22T06:00:00Z`, or a date, such as `2026-11-22`".into())
}

/// Refuses a `SOURCE_DATE_EPOCH` that is no instant: the time of day in its place would make a report that cannot be made again.
pub(super) fn check_source_date(environment: &Environment) -> Result<(), CliError> {
    if !environment.source_date_is_invalid {
        return Ok(());
    }
    Err(CliError::Usage {
        message: "`SOURCE_DATE_EPOCH` is not a number of seconds since 1970".to_owned(),
        help: "set it to what `git log -1 --format=%ct` prints, or to nothing".into(),
    })
}

/// Refuses a start that rules cannot reckon with, which only `SOURCE_DATE_EPOCH` or a broken clock can give.
pub(super) fn check_clock(now: jiff::Timestamp) -> Result<(), CliError> {
    if is_judged(now) {
        return Ok(());
    }
    let (first, last) = (policy::YEARS.start(), policy::YEARS.end());
    Err(CliError::Usage {
        message: format!("it is {}, and rules tell the time in the years {first} to {last} only", rfc3339(now)),
        help: "mend `SOURCE_DATE_EPOCH`, or the clock where that is not set".into(),
    })
}

/// Whether rules can judge from an instant.
fn is_judged(instant: jiff::Timestamp) -> bool {
    policy::YEARS.contains(&instant.to_zoned(jiff::tz::TimeZone::UTC).year())
}

/// An instant as rules and reports see it: RFC 3339, UTC, whole seconds.
pub(super) fn rfc3339(instant: jiff::Timestamp) -> String {
    jiff::Timestamp::from_second(instant.as_second()).unwrap_or(instant).to_string()
}

/// What is wrong with `--output FORMAT=`: in a script, a variable that was to name the file and is empty.
pub(super) fn no_file(format: &str) -> CliError {
    CliError::Usage {
        message: format!("`--output {format}=` names no file"),
        help: format!("write `--output {format}=FILE`, or `--output {format}` for stdout"),
    }
}

/// Refuses two reports in one place; `None` is stdout.
pub(super) fn refuse_clashes<'p>(files: impl Iterator<Item = Option<&'p Path>>) -> Result<(), CliError> {
    let mut taken: Vec<Option<PathBuf>> = Vec::new();
    for file in files {
        let place = file.map(place_of);
        if taken.contains(&place) {
            let place = file.map_or("stdout".into(), Path::to_string_lossy);
            return Err(CliError::Usage {
                message: format!("two reports would be written to `{place}`"),
                help: "give all but one of them a file of its own: `--output FORMAT=FILE`".into(),
            });
        }
        taken.push(place);
    }
    Ok(())
}

/// Where a path leads, though nothing may be there yet: `a`, `./a` and a link to it are one place.
fn place_of(path: &Path) -> PathBuf {
    let to_be = || {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Some(folder.canonicalize().ok()?.join(path.file_name()?))
    };
    path.canonicalize().ok().or_else(to_be).unwrap_or_else(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_a_time_or_a_date_and_loses_its_fraction() {
        let of = |text| parse_instant(text).map(rfc3339);
        assert_eq!(of("2026-11-22").as_deref(), Ok("2026-11-22T00:00:00Z"));
        assert_eq!(of("2026-11-22T06:30:01.5+01:00").as_deref(), Ok("2026-11-22T05:30:01Z"));
        assert!(of("yesterday").is_err() && of("2026-13-01").is_err() && of("").is_err());
    }

    #[test]
    fn an_instant_that_rules_cannot_reckon_with_is_refused_with_the_years_that_they_can() {
        let told = |text| parse_instant(text).map_err(|why| why.contains("the years 1678 to 2261")).map(rfc3339);
        assert_eq!(told("1678-01-01").as_deref(), Ok("1678-01-01T00:00:00Z"));
        assert_eq!(told("2261-12-31T23:59:59Z").as_deref(), Ok("2261-12-31T23:59:59Z"));
        for text in ["1677-12-31", "2262-01-01", "2261-12-31T23:30:00-01:00", "9999-12-31", "9999-12-31T00:00:00Z"] {
            assert_eq!(told(text), Err(true), "{text}");
        }
        assert_eq!(told("9999-13-01"), Err(false));
        let at = |second| check_clock(jiff::Timestamp::from_second(second).unwrap()).is_ok();
        assert!(at(0) && !at(100_000_000_000) && !at(-10_000_000_000));
    }

    #[test]
    fn two_paths_to_one_place_clash_and_others_do_not() {
        let folder = tempfile::tempdir().unwrap();
        let (file, other) = (folder.path().join("a"), folder.path().join("b"));
        let clash = |one: &Path, next: &Path| refuse_clashes([Some(one), None, Some(next)].into_iter()).is_err();
        let roundabout = folder.path().join("x").join("..").join("a");
        std::fs::create_dir(folder.path().join("x")).unwrap();
        assert!(clash(&file, &file) && clash(&file, &folder.path().join(".").join("a")) && clash(&file, &roundabout));
        assert!(!clash(&file, &other));
        assert!(refuse_clashes([None, None].into_iter()).is_err());
        #[cfg(unix)]
        {
            std::fs::write(&file, "").unwrap();
            std::os::unix::fs::symlink(&file, folder.path().join("link")).unwrap();
            assert!(clash(&file, &folder.path().join("link")));
        }
    }
}
