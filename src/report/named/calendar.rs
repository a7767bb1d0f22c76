//! `dbkeel report calendar`: what comes due: ends of support, certificates, waivers, forced maintenance, rotations of
//! secrets, changes of the baseline.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Span;
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use super::model::{Cell, CellValue, Column, ColumnKind, Figure, NamedReport, Row, Section, Tone};
use super::subject::{Of, Subject, day, days_between};
use crate::facts::FactId;
use crate::facts::catalogue::{
    CERTIFICATE_VALID_TILL, ENGINE, ENGINE_MAJOR_VERSION, ENGINE_SUPPORT_END, MAINTENANCE_FORCED_AT,
    PENDING_MAINTENANCE, ROTATION_PERIOD_DAYS, SECRET_SET_AT,
};
use crate::model::{FactState, Kind, WaiverState};
use crate::report::text::hex;

/// The key of the section that `ics` makes events of, and its columns.
pub(super) const ENTRIES: &str = "calendar";

/// The report, of what comes due within so many days; what is overdue stays in until it is done.
pub fn report(subject: &Subject<'_>, days: u32) -> NamedReport {
    let mut report = subject.report(
        "calendar",
        "Calendar",
        "What comes due: ends of support, certificates, waivers, forced maintenance, rotations of secrets, and changes of \
         the baseline.",
    );
    let mut found = Found { subject, entries: Vec::new(), not_known: BTreeMap::new() };
    found.supports();
    found.certificates();
    found.maintenance();
    found.secrets();
    found.waivers();
    found.baseline();
    let Found { mut entries, not_known, .. } = found;
    entries.sort();
    let mut seen = std::collections::BTreeSet::new();
    entries.retain(|entry| seen.insert(entry.uid()));
    let today = subject.today();
    let last = after(today, i64::from(days));
    let later = entries.iter().filter(|entry| entry.date > last).count();
    entries.retain(|entry| entry.date <= last);
    report.figures = figures(&entries, &not_known, today, (days, later));
    let mut due = section(&entries, today);
    if !not_known.is_empty() {
        due.empty = "Nothing that is known comes due; not everything is known.".into();
    }
    report.sections = vec![due, unknown(not_known)];
    report
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Support,
    Certificate,
    Maintenance,
    Rotation,
    Waiver,
    Baseline,
}

impl Sort {
    const ALL: [Self; 6] =
        [Self::Support, Self::Certificate, Self::Maintenance, Self::Rotation, Self::Waiver, Self::Baseline];

    const fn word(self) -> &'static str {
        match self {
            Self::Support => "end of support",
            Self::Certificate => "certificate",
            Self::Maintenance => "forced maintenance",
            Self::Rotation => "secret rotation",
            Self::Waiver => "waiver",
            Self::Baseline => "baseline change",
        }
    }
}

/// Something on one day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    date: Date,
    sort: Sort,
    /// What it is about: a database, an engine version, a waiver.
    about: Arc<str>,
    what: String,
    account: Option<Arc<str>>,
    owner: Cell,
    /// The resources that it concerns.
    resources: Vec<Arc<str>>,
    /// What stays the same when the day moves.
    identity: String,
}

impl Entry {
    /// An identity that survives another day, so that a calendar moves the entry instead of adding one.
    fn uid(&self) -> String {
        let mut hasher = Sha256::new();
        let account = self.account.as_deref().unwrap_or_default();
        for part in ["dbkeel/calendar/v1", self.sort.word(), account, &self.identity] {
            hasher.update(part.as_bytes());
            hasher.update([0x1f]);
        }
        let digest = hex(&hasher.finalize());
        format!("{}@dbkeel", digest.get(..32).unwrap_or_default())
    }
}

/// An account, and the engine and major version that some of its databases have.
type Major<'a> = (Option<&'a Arc<str>>, &'a str, &'a str);

/// What is found while looking, and what is not known, by reason.
struct Found<'a> {
    subject: &'a Subject<'a>,
    entries: Vec<Entry>,
    not_known: NotKnown,
}

impl Found<'_> {
    fn is_not_known(&mut self, sort: Sort, why: String, of: Arc<str>) {
        self.not_known.entry((sort, why)).or_default().push(of);
    }

    /// The entry of one resource.
    fn entry(&mut self, sort: Sort, date: Date, of: &Of<'_>, what: String) {
        self.entries.push(Entry {
            date,
            sort,
            about: of.label(),
            what,
            account: of.resource.scope.account.clone(),
            owner: of.owner(),
            resources: vec![Arc::clone(&of.resource.id)],
            identity: of.resource.id.to_string(),
        });
    }

    /// One entry for all databases of an account on a major version, since they are upgraded together.
    fn supports(&mut self) {
        let subject = self.subject;
        let mut groups: BTreeMap<Major<'_>, Vec<Of<'_>>> = BTreeMap::new();
        for of in subject.databases() {
            match (of.text(ENGINE), of.text(ENGINE_MAJOR_VERSION)) {
                (Some(engine), Some(major)) => {
                    groups.entry((of.resource.scope.account.as_ref(), engine, major)).or_default().push(of);
                }
                (Some(_), None) => self.why_not(Sort::Support, &of, ENGINE_MAJOR_VERSION),
                (None, _) => self.why_not(Sort::Support, &of, ENGINE),
            }
        }
        for ((account, engine, major), all) in groups {
            let known = subject.baseline().engines().get(engine).and_then(|majors| majors.get(major));
            let date = |key: &str| known?.get(key)?.as_str()?.parse::<Date>().ok();
            let by_provider = all.iter().find_map(|of| of.at(ENGINE_SUPPORT_END)).map(day);
            let ends = [
                ("standard support", date("standard_support_ends").or(by_provider)),
                ("extended support", date("extended_support_ends")),
            ];
            if ends.iter().all(|(_, end)| end.is_none()) {
                let why = format!("no end of support is known of {engine} {major}");
                all.iter().for_each(|of| self.is_not_known(Sort::Support, why.clone(), of.label()));
            }
            for (what, end) in ends.into_iter().filter_map(|(what, end)| Some((what, end?))) {
                self.entries.push(Entry {
                    date: end,
                    sort: Sort::Support,
                    about: format!("{engine} {major}").into(),
                    what: format!("{what} ends"),
                    account: account.cloned(),
                    owner: Cell::missing("it concerns several databases"),
                    resources: all.iter().map(|of| Arc::clone(&of.resource.id)).collect(),
                    identity: format!("{what} {engine} {major}"),
                });
            }
        }
    }

    fn certificates(&mut self) {
        let subject = self.subject;
        for of in subject.of_kinds(&[Kind::Instance, Kind::ClusterMember]) {
            match of.at(CERTIFICATE_VALID_TILL) {
                Some(at) => self.entry(Sort::Certificate, day(at), &of, "its server certificate ends".to_owned()),
                None => self.why_not(Sort::Certificate, &of, CERTIFICATE_VALID_TILL),
            }
        }
    }

    fn maintenance(&mut self) {
        let subject = self.subject;
        for of in subject.of_kinds(&[Kind::Instance, Kind::Cluster, Kind::ClusterMember]) {
            match of.at(MAINTENANCE_FORCED_AT) {
                Some(at) => {
                    let what = of.fact(PENDING_MAINTENANCE).value;
                    self.entry(Sort::Maintenance, day(at), &of, format!("{what} is made without asking"));
                }
                None => self.why_not(Sort::Maintenance, &of, MAINTENANCE_FORCED_AT),
            }
        }
    }

    /// By its own rotation, or by what the baseline asks for: whichever comes first.
    fn secrets(&mut self) {
        let subject = self.subject;
        for (why, place) in subject.not_seen(Kind::Secret) {
            self.is_not_known(Sort::Rotation, why, place.into());
        }
        for of in subject.of_kinds(&[Kind::Secret]) {
            let Some(set) = of.at(SECRET_SET_AT) else {
                self.why_not(Sort::Rotation, &of, SECRET_SET_AT);
                continue;
            };
            let period = of.known(ROTATION_PERIOD_DAYS).and_then(|days| days.as_integer());
            let most = of.parameter("max_secret_age_days");
            let after = |days: i64| after(day(set), days);
            let by_itself = period.map(after).map(|day| (day, "is rotated by itself by then"));
            let by_baseline = most.map(after).map(|day| (day, "has to be rotated by then, by the baseline"));
            match by_itself.into_iter().chain(by_baseline).min() {
                Some((day, what)) => self.entry(Sort::Rotation, day, &of, what.to_owned()),
                None => self.why_not(Sort::Rotation, &of, ROTATION_PERIOD_DAYS),
            }
        }
    }

    fn waivers(&mut self) {
        let Some(waivers) = &self.subject.results().waivers else {
            self.is_not_known(Sort::Waiver, "no waiver file was read; give `--waivers`".to_owned(), "waivers".into());
            return;
        };
        for used in &waivers.entries {
            let Ok(date) = used.expires.parse::<Date>() else { continue };
            let what = match used.state {
                WaiverState::Expired => format!("expired; {} fails again", used.rule),
                _ => format!("last day; it waives {} of {}", used.waived, used.rule),
            };
            let owner = used.owner.as_ref().or(used.approver.as_ref());
            self.entries.push(Entry {
                date,
                sort: Sort::Waiver,
                about: Arc::clone(&used.id),
                what,
                account: None,
                owner: owner
                    .map_or_else(|| Cell::missing("the waiver file names none"), |owner| Cell::text(owner.to_string())),
                resources: Vec::new(),
                identity: used.id.to_string(),
            });
        }
    }

    fn baseline(&mut self) {
        let results = self.subject.results();
        for coming in &results.coming {
            let Ok(date) = coming.from.parse::<Date>() else { continue };
            self.entries.push(Entry {
                date,
                sort: Sort::Baseline,
                about: Arc::clone(&coming.rule.id),
                what: format!("{}: {}", coming.rule.title, coming.effect()),
                account: None,
                owner: Cell::missing("it concerns several databases"),
                resources: coming.ids(results).map(Arc::clone).collect(),
                identity: format!("{} {}", coming.rule.id, coming.severity),
            });
        }
    }

    /// Notes a day that is not known; that there is none is no gap.
    fn why_not(&mut self, sort: Sort, of: &Of<'_>, fact: FactId) {
        let why = match of.state(fact) {
            FactState::Missing(_) => return,
            FactState::Known(value) => format!("`{value}` is not a time"),
            FactState::Partial(_, why) | FactState::Unknown(why) => why.to_string(),
        };
        self.is_not_known(sort, why, of.label());
    }
}

/// The day so many days later; the last one of all when there is none so late.
fn after(day: Date, days: i64) -> Date {
    Span::new().try_days(days).map_or(Date::MAX, |days| day.saturating_add(days))
}

/// What is not known: why, by what, and of whom.
type NotKnown = BTreeMap<(Sort, String), Vec<Arc<str>>>;

fn figures(entries: &[Entry], not_known: &NotKnown, today: Date, (days, later): (u32, usize)) -> Vec<Figure> {
    let overdue = entries.iter().filter(|entry| entry.date < today).count();
    let tone = match overdue {
        1.. => Tone::Bad,
        0 if not_known.is_empty() => Tone::Good,
        0 => Tone::Attention,
    };
    let soon = |within: i64| {
        let last = after(today, within);
        entries.iter().filter(|entry| entry.date >= today && entry.date <= last).count()
    };
    let mut figures = vec![
        Figure::new("overdue", "Overdue", Cell::count(overdue).toned(tone)),
        Figure::new("within_30", "Within 30 days", Cell::count(soon(30))),
        Figure::new("within", format!("Within {days} days"), Cell::count(soon(i64::from(days)))),
        Figure::new("later", "Later, and left out", Cell::count(later)),
    ];
    if !not_known.is_empty() {
        figures.iter_mut().for_each(|figure| figure.note = Some("of what is known".into()));
    }
    figures.extend(Sort::ALL.map(|sort| {
        let count = entries.iter().filter(|entry| entry.sort == sort).count();
        let of = not_known.iter().filter(|((of, _), _)| *of == sort).map(|(_, of)| of.len()).sum::<usize>();
        let title = crate::report::text::capital(sort.word());
        let figure = |value| Figure::new(sort.word().replace(' ', "_"), title, value);
        match (count, of) {
            (0, 1..) => figure(Cell::unknown(format!("no day is known, of {of}"))),
            (_, 0) => figure(Cell::count(count)),
            _ => figure(Cell::count(count)).note(format!("of {of} the day is not known")),
        }
    }));
    figures
}

fn section(entries: &[Entry], today: Date) -> Section {
    let columns = vec![
        Column::new("date", "Day", ColumnKind::Date),
        Column::number("days_left", "Days left", "days"),
        Column::new("due", "Due", ColumnKind::Status),
        Column::new("event", "What", ColumnKind::Status),
        Column::new("about", "Of", ColumnKind::Identifier),
        Column::new("account", "Account", ColumnKind::Identifier),
        Column::new("owner", "Owner", ColumnKind::Text),
        Column::new("detail", "Then", ColumnKind::Text),
        Column::new("count", "Resources", ColumnKind::Number),
        Column::new("resources", "Which", ColumnKind::List).detail(),
        Column::new("uid", "Identity", ColumnKind::Identifier).detail(),
    ];
    let rows = entries.iter().map(|entry| {
        let left = days_between(today, entry.date).unwrap_or_default();
        let (due, tone) = match left {
            ..0 => ("overdue", Tone::Bad),
            0..=30 => ("soon", Tone::Attention),
            _ => ("later", Tone::Plain),
        };
        let account = entry.account.as_ref().map(|account| Cell::identifier(Arc::clone(account)));
        let resources = entry.resources.iter().map(|id| CellValue::Identifier(Arc::clone(id)));
        let cells = vec![
            entry.date.into(),
            Cell::integer(left),
            Cell::status(due, tone),
            Cell::status(entry.sort.word(), Tone::Plain),
            Cell::identifier(Arc::clone(&entry.about)),
            account.unwrap_or_else(|| Cell::missing("it is of no account, or the source does not tell")),
            entry.owner.clone(),
            Cell::text(entry.what.clone()),
            Cell::count(entry.resources.len()),
            Cell::list(resources),
            Cell::identifier(entry.uid()),
        ];
        Row::of(entry.account.clone(), cells)
    });
    Section::new(ENTRIES, "What comes due", columns, "Nothing comes due.").rows(rows.collect())
}

fn unknown(not_known: NotKnown) -> Section {
    let columns = vec![
        Column::new("event", "What", ColumnKind::Status),
        Column::new("count", "Of", ColumnKind::Number),
        Column::new("resources", "Which", ColumnKind::List),
        Column::new("reason", "Because", ColumnKind::Text),
    ];
    let rows = not_known.into_iter().map(|((sort, why), of)| {
        let which = of.iter().map(|id| CellValue::Identifier(Arc::clone(id)));
        let cells = vec![
            Cell::status(sort.word(), Tone::Attention),
            Cell::count(of.len()),
            Cell::list(which.collect::<Vec<_>>()),
            Cell::text(why),
        ];
        Row::new(cells)
    });
    let none = "Every day that could come due is known.";
    Section::new("not_known", "Days that are not known", columns, none).rows(rows.collect())
}
