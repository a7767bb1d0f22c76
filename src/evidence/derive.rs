//! Judges again, from what a bundle holds and nothing else.

use std::collections::BTreeMap;

use super::ingredients::{Ingredients, Named};
use super::manifest::{IngredientRows, Manifest, NamedRow};
use super::read::Read;
use super::record::CommentRow;
use crate::diagnostic::Diagnostic;
use crate::evaluate::{Options, evaluate};
use crate::model::{Location, Region, Results, SourceComment};
use crate::policy::PolicyFile;
use crate::waiver;

/// Texts of the bundle, by path.
pub(super) type Texts = BTreeMap<String, String>;

/// The paths of all texts that verdicts are made of.
pub(super) fn paths(rows: &IngredientRows) -> impl Iterator<Item = &NamedRow> {
    let (engines, waivers) = (rows.engines.iter(), rows.waivers.iter());
    rows.baselines.iter().chain(engines).chain(&rows.policies).chain(waivers).chain(&rows.frameworks)
}

/// The texts as they were used, or the path of the first that the bundle does not hold.
pub(super) fn ingredients(rows: &IngredientRows, texts: &Texts) -> Result<Ingredients, String> {
    let named = |row: &NamedRow| {
        let text = texts.get(&row.file).ok_or_else(|| row.file.clone())?;
        Ok(Named { name: row.name.clone(), text: text.clone(), embedded: row.embedded })
    };
    let policy = |row: &NamedRow| {
        let Named { name, text, embedded } = named(row)?;
        Ok(PolicyFile { path: name.into(), text: text.into(), user: !embedded })
    };
    Ok(Ingredients {
        policies: rows.policies.iter().map(policy).collect::<Result<_, String>>()?,
        baseline: rows.baseline.clone(),
        baselines: rows.baselines.iter().map(named).collect::<Result<_, String>>()?,
        engines: rows.engines.as_ref().map(named).transpose()?,
        waivers: rows.waivers.as_ref().map(named).transpose()?,
        frameworks: rows.frameworks.iter().map(named).collect::<Result<_, String>>()?,
    })
}

/// The results, or everything that is wrong with the texts.
pub(super) fn results(manifest: &Manifest, ingredients: &Ingredients, read: Read) -> Result<Results, Vec<Diagnostic>> {
    let judges = ingredients.judges(&manifest.as_of)?;
    let options = Options { as_of: manifest.as_of.as_str().into(), fail_on: manifest.judging.fail_on };
    let mut results = evaluate(read.inventory, &judges.policies, &judges.baseline, &options);
    let comments: Option<Vec<SourceComment>> =
        read.comments.map(|rows| rows.into_iter().map(|row| comment(row, &results)).collect());
    if let Some(waivers) = &judges.waivers {
        waiver::apply(&mut results, waivers, judges.baseline.waiver_limits(), comments.as_deref());
    }
    results.frameworks = judges.frameworks.iter().map(|framework| framework.report(&results)).collect();
    Ok(results)
}

fn comment(row: CommentRow, results: &Results) -> SourceComment {
    let rule = |id: &str| {
        let position = results.rules.binary_search_by(|rule| (*rule.id).cmp(id)).ok()?;
        u32::try_from(position).ok()
    };
    let covers = row.covers.map(|covers| {
        let mut covers: Vec<(u32, u32)> =
            covers.iter().filter_map(|(id, resource)| Some((rule(id)?, *resource))).collect();
        covers.sort_unstable();
        covers
    });
    let region = |[start_line, start_column, end_line, end_column]: [u32; 4]| Region {
        start_line,
        start_column,
        end_line,
        end_column,
    };
    SourceComment {
        waiver: row.waiver.into(),
        location: Location { file: row.file.into(), region: row.region.map(region) },
        covers,
    }
}
