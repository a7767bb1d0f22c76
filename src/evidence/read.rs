//! Reads `inventory/facts.jsonl` back into an inventory in which rules find what they read then, and nothing else.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::record::{
    CommentRow, DriftRow, End, GapRow, Head, Line, ResourceRow, ScopeRow, SourceRow, TagsRow, VERSION, is_leaving,
};
use super::{folder, strict};
use crate::facts;
use crate::facts::catalogue::{ENGINE, TAGS};
use crate::model::{
    Before, Change, ChangeAction, Fact, FactMap, FactPath, FactState, Facts, Gap, Identity, Inventory, Kind, Location,
    Origin, PlanDrift, Provider, Recorded, Resource, Scope, ScopeSeen, SetBy, SourceInfo,
};

/// A line is that of one resource; none that dbkeel writes comes near.
const LONGEST_LINE: usize = 16 << 20;

/// What dbkeel writes of a million resources has fewer lines, and less in them.
const MOST_LINES: usize = 5_000_000;

/// The paths by their texts.
type Paths = BTreeMap<String, Arc<FactPath>>;

/// What the file holds.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) inventory: Inventory,
    /// The comments of the source; `None` when no source was read.
    pub(super) comments: Option<Vec<CommentRow>>,
    /// Every fact of the head.
    pub(super) paths: Vec<Arc<FactPath>>,
    /// What stands beside the facts of resources, by the position of the resource.
    pub(super) beside: Vec<(usize, Beside)>,
}

/// What rules do not see of a resource.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// The facts of which a value waits.
    pub(super) pending: Vec<Arc<FactPath>>,
    /// Digests of withheld values, by fact.
    pub(super) redacted: BTreeMap<String, String>,
}

/// Why it is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ReadProblem {
    /// It is of a newer dbkeel, or holds what this one does not know.
    Unknown(String),
    /// It is not as dbkeel writes it.
    Broken(String),
}

/// Reads all lines.
pub(super) fn lines(bytes: &[u8]) -> Result<Read, ReadProblem> {
    let broken = |why: String| ReadProblem::Broken(why);
    if folder::is_too_much(bytes) {
        return Err(broken("it has more than 50,000,000 values".into()));
    }
    let body = bytes.strip_suffix(b"\n").ok_or_else(|| broken("it does not end with a line feed".into()))?;
    let mut lines = body.split(|byte| *byte == b'\n').take(MOST_LINES + 2);
    let head = head(lines.next().unwrap_or_default())?;
    let paths = paths(&head)?;
    let parse = |(number, line): (usize, &[u8])| parse(number, line, &paths);
    let rows: Vec<&[u8]> = lines.collect();
    if rows.len() > MOST_LINES {
        return Err(broken(format!("it has more than {MOST_LINES} lines")));
    }
    // One line that is wrong is enough: what somebody made up must not cost the memory of all.
    let parsed: Vec<Row> = rows.par_iter().copied().enumerate().map(parse).collect::<Result<_, _>>()?;
    let mut read = Read::default();
    read.inventory.resources_seen = head.resources_seen;
    read.comments = head.comments_read.then(Vec::new);
    read.paths = paths.into_values().collect();
    let mut ended = None;
    for row in parsed {
        if ended.is_some() {
            return Err(broken("something stands behind its end".into()));
        }
        match row {
            Row::Source(source) => read.inventory.sources.push(source),
            Row::Gap(gap) => read.inventory.gaps.push(gap),
            Row::Comment(comment) => read.comments.get_or_insert_default().push(comment),
            Row::Resource(resource, beside) => {
                read.beside.extend(beside.map(|beside| (read.inventory.resources.len(), *beside)));
                read.inventory.resources.push(*resource);
            }
            Row::Scope(scope) => {
                read.inventory.scopes.push(ScopeSeen { scope, not_whole: Vec::new(), never_asked: Vec::new() });
            }
            Row::Drift(drift) => read.inventory.drift.push(drift),
            Row::End(end) => ended = Some(end),
        }
    }
    check(read, ended)
}

fn check(read: Read, ended: Option<End>) -> Result<Read, ReadProblem> {
    let resources = &read.inventory.resources;
    if ended.is_none_or(|end| end.resources != resources.len()) {
        return Err(ReadProblem::Broken("it does not have as many resources as its last line says".into()));
    }
    let key = |of: &Resource| (of.id.clone(), of.source);
    if !resources.is_sorted_by(|a, b| key(a) < key(b)) {
        return Err(ReadProblem::Broken("its resources are not sorted, each once".into()));
    }
    Ok(read)
}

enum Row {
    Source(SourceInfo),
    Scope(Scope),
    Gap(Gap),
    Comment(CommentRow),
    Resource(Box<Resource>, Option<Box<Beside>>),
    Drift(PlanDrift),
    End(End),
}

fn head(line: &[u8]) -> Result<Head, ReadProblem> {
    #[derive(serde::Deserialize)]
    struct First {
        facts: Versioned,
    }
    #[derive(serde::Deserialize)]
    struct Versioned {
        version: u32,
    }
    let broken = |error: serde_json::Error| ReadProblem::Broken(format!("line 1: {error}"));
    let First { facts: Versioned { version } } = serde_json::from_slice(line).map_err(broken)?;
    if version > VERSION {
        return Err(ReadProblem::Unknown(format!("it is of version {version}, which this dbkeel does not know")));
    }
    match strict::from_slice(line).map_err(broken)? {
        Line::Facts(head) if head.version == VERSION => Ok(head),
        _ => Err(ReadProblem::Broken("line 1 is not its head".into())),
    }
}

fn paths(head: &Head) -> Result<Paths, ReadProblem> {
    let path = |text: &String| {
        let parsed = serde_json::from_value::<FactPath>(text.as_str().into());
        let path = parsed.map_err(|_| ReadProblem::Unknown(format!("this dbkeel knows no fact `{text}`")))?;
        Ok((text.clone(), Arc::new(path)))
    };
    head.paths.iter().map(path).collect()
}

/// Reads a line; its number counts from that behind the head.
fn parse(number: usize, line: &[u8], paths: &Paths) -> Result<Row, ReadProblem> {
    let at = |why: String| format!("line {}: {why}", number + 2);
    if line.len() > LONGEST_LINE {
        return Err(ReadProblem::Broken(at("it is longer than 16 MiB".into())));
    }
    let parsed: Line = strict::from_slice(line).map_err(|error| ReadProblem::Broken(at(error.to_string())))?;
    let row = match parsed {
        Line::Facts(_) => Err(ReadProblem::Broken("a second head".into())),
        Line::Source(row) => source(row).map(Row::Source),
        Line::Scope(ScopeRow { account, region }) => {
            Ok(Row::Scope(Scope { account: account.map(Into::into), region: region.map(Into::into) }))
        }
        Line::Drift(row) => Ok(Row::Drift(drift(row))),
        Line::Gap(GapRow { place, reason }) => Ok(Row::Gap(Gap { place: place.into(), reason: reason.into() })),
        Line::Comment(row) => Ok(Row::Comment(row)),
        Line::Resource(mut row) => beside(&mut row, paths).and_then(|beside| {
            let resource = resource(*row, paths)?;
            Ok(Row::Resource(Box::new(resource), beside.map(Box::new)))
        }),
        Line::End(end) => Ok(Row::End(end)),
    };
    row.map_err(|problem| match problem {
        ReadProblem::Broken(why) => ReadProblem::Broken(at(why)),
        ReadProblem::Unknown(why) => ReadProblem::Unknown(at(why)),
    })
}

fn source(row: SourceRow) -> Result<SourceInfo, ReadProblem> {
    Ok(SourceInfo {
        path: row.path.into(),
        kind: row.kind.parse().map_err(ReadProblem::Unknown)?,
        tool_version: row.tool_version.map(Into::into),
        sha256: Some(row.sha256.into()),
    })
}

fn drift(row: DriftRow) -> PlanDrift {
    PlanDrift {
        resource: row.resource.into(),
        resource_type: row.resource_type.into(),
        attribute: row.attribute.into(),
        recorded: row.recorded.map(Into::into),
        running: row.running.map(Into::into),
        deleted: row.deleted,
    }
}

/// What rules do not see; `None` where there is nothing.
fn beside(row: &mut ResourceRow, paths: &Paths) -> Result<Option<Beside>, ReadProblem> {
    let path = |text: &String| {
        let path = paths.get(text).cloned();
        path.ok_or_else(|| ReadProblem::Broken(format!("`{text}` is not among the facts of its head")))
    };
    let beside = Beside {
        pending: row.pending.keys().map(path).collect::<Result<_, _>>()?,
        redacted: std::mem::take(&mut row.redacted),
    };
    Ok(Some(beside).filter(|of| !of.pending.is_empty() || !of.redacted.is_empty()))
}

fn resource(row: ResourceRow, paths: &Paths) -> Result<Resource, ReadProblem> {
    let kind: Kind = row.kind.parse().map_err(ReadProblem::Unknown)?;
    let provider: Provider = row.provider.parse().map_err(ReadProblem::Unknown)?;
    let action = row.planned_action.as_deref().map(str::parse::<ChangeAction>).transpose();
    let action = action.map_err(ReadProblem::Unknown)?;
    let unknown_type = || ReadProblem::Unknown(format!("this dbkeel knows no resource type `{}`", row.resource_type));
    let resource_type = facts::known_type(&row.resource_type).ok_or_else(unknown_type)?;
    let mut facts = Facts::default();
    let mut before = Before::None("the evidence has what rules read of it".into());
    let mut selecting = Facts::default();
    if let Some(engine) = row.engine {
        selecting.set(ENGINE, fact(engine.fact_state()));
    }
    if let Some(tags) = row.tags {
        selecting.set_map(TAGS, fact_map(tags));
    }
    if is_leaving(action) {
        before = Before::Facts(Box::new(selecting));
    } else {
        facts = selecting;
    }
    let states = Recording { paths, states: Vec::with_capacity(paths.len()) };
    facts.set_recorded(states.of(row.known, row.partial, row.unknown, row.missing)?);
    Ok(Resource {
        id: row.id.into(),
        kind,
        provider,
        resource_type,
        name: row.name.map(Into::into),
        identity: Identity { arn: row.arn.map(Into::into), ..Identity::default() },
        module_sources: None,
        scope: Scope { account: row.account.map(Into::into), region: row.region.map(Into::into) },
        facts,
        before,
        change: action.map(change),
        location: Location { file: row.file.into(), region: None },
        source: row.source,
    })
}

/// The states of one resource.
struct Recording<'a> {
    paths: &'a Paths,
    states: Vec<(Arc<FactPath>, FactState)>,
}

impl Recording<'_> {
    fn of(
        mut self,
        known: BTreeMap<String, crate::model::Value>,
        partial: BTreeMap<String, super::record::PartialRow>,
        unknown: Vec<super::record::UnknownRow>,
        missing: Vec<super::record::MissingRow>,
    ) -> Result<Recorded, ReadProblem> {
        for (path, value) in known {
            self.add(&path, FactState::Known(value))?;
        }
        for (path, row) in partial {
            self.add(&path, FactState::Partial(row.value, row.of.unknown()))?;
        }
        for row in unknown {
            let state = FactState::Unknown(row.of.unknown());
            row.paths.iter().try_for_each(|path| self.add(path, state.clone()))?;
        }
        for row in missing {
            let state = FactState::Missing(row.why.into());
            row.paths.iter().try_for_each(|path| self.add(path, state.clone()))?;
        }
        let count = self.states.len();
        let recorded: Recorded = self.states.into_iter().collect();
        match recorded.len() == count {
            true => Ok(recorded),
            false => Err(ReadProblem::Broken("a fact has two states".into())),
        }
    }

    fn add(&mut self, path: &str, state: FactState) -> Result<(), ReadProblem> {
        let known = self.paths.get(path);
        let path = known.ok_or_else(|| ReadProblem::Broken(format!("`{path}` is not among the facts of its head")))?;
        self.states.push((Arc::clone(path), state));
        Ok(())
    }
}

fn fact(state: FactState) -> Fact {
    Fact::new(state, Origin::attribute("", SetBy::Source))
}

fn fact_map(row: TagsRow) -> FactMap {
    let entries = row.entries.into_iter().map(|(key, state)| (Arc::from(key), fact(state.fact_state())));
    FactMap {
        entries: entries.collect(),
        rest: row.rest.fact_state(),
        origin: Origin::attribute("tags", SetBy::Source),
    }
}

fn change(action: ChangeAction) -> Change {
    Change {
        action,
        importing: false,
        reason: None,
        replace_attributes: Vec::new(),
        changed_attributes: Vec::new(),
        previous_address: None,
        deposed: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::catalogue::{MULTI_AZ, TIER_ASSIGNED};
    use crate::model::{Text, Unknown};

    /// As a dbkeel wrote it that knew other reasons than this one.
    const FACTS: &str = r#"{"facts":{"version":1,"resources_seen":3,"comments_read":false,"paths":["multi_az","parameters[\"rds.force_ssl\"]","tags.owner"]}}
{"source":{"path":"p.json","kind":"terraform-plan","tool_version":null,"sha256":"0"}}
{"scope":{"account":"1"}}
{"gap":{"place":"p","reason":"r"}}
{"resource":{"id":"a","kind":"instance","type":"aws_db_instance","provider":"aws","source":0,"file":"p.json","planned_action":"delete","tags":{"entries":{"owner":{"known":"ada"}},"rest":{"missing":"named all"}},"known":{"tags.owner":"ada"},"unknown":[{"of":{"cause":"denied","why":"rds:Look"},"paths":["multi_az"]}],"missing":[{"why":"of old","paths":["parameters[\"rds.force_ssl\"]"]}]}}
{"end":{"resources":1}}
"#;

    fn path(text: &str) -> FactPath {
        serde_json::from_value(text.into()).unwrap()
    }

    #[test]
    fn rules_read_what_was_recorded_and_nothing_that_this_binary_knows() {
        let read = lines(FACTS.as_bytes()).unwrap();
        let resource = read.inventory.resources.first().unwrap();
        let state = |of: &str| facts::state_of(resource, &path(of)).into_owned();
        assert_eq!(state("multi_az"), FactState::Unknown(Unknown::Denied(Text::Static("rds:Look"))));
        assert_eq!(state("parameters[\"rds.force_ssl\"]"), FactState::Missing(Text::Static("of old")));
        assert_eq!(state("tags.owner"), FactState::Known("ada".into()));
        // Nobody recorded these, whatever the mapping of the type says.
        for of in ["before.multi_az", "engine", "tags", "tags.team", "tier_assigned"] {
            assert!(matches!(state(of), FactState::Unknown(Unknown::NotCollected(_))), "{of}");
        }
        // What a plan deletes has its tags before the change, by which waivers select.
        let Before::Facts(before) = &resource.before else { panic!("it has facts before the change") };
        assert!(before.map(TAGS).is_some() && resource.facts.map(TAGS).is_none());
        assert!(facts::find("multi_az") == Some(MULTI_AZ) && facts::find("tier_assigned") == Some(TIER_ASSIGNED));
    }

    #[test]
    fn whatever_is_changed_it_is_read_or_refused_without_a_panic() {
        let bytes = FACTS.as_bytes();
        for position in 0..bytes.len() {
            for with in [0, b'"', b'{', b'[', b'\n', b'9', 0xff] {
                let mut changed = bytes.to_vec();
                changed[position] = with;
                super::super::read_untrusted(&changed);
            }
            super::super::read_untrusted(&bytes[..position]);
            super::super::read_untrusted(&bytes[position..]);
        }
    }
}
