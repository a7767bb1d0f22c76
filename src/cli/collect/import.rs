//! `dbkeel collect import`: an inventory of what people already have.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueHint};
use serde_json::{Map, Value as Json};

use super::aws::{account, region};
use crate::cli::shared::{self, Context};
use crate::cli::{CliError, ExitStatus};
use crate::diagnostic::Diagnostic;
use crate::model::Scope;
use crate::source::import::{Import, ImportOptions, import};
use crate::source::inventory_file::{self, Header, Manifest, Origin, Sealed};

#[derive(Args, Debug)]
pub(in crate::cli) struct ImportArgs {
    /// Replies in JSON, as `aws rds describe-db-instances` and its like print them, snapshots and histories of AWS Config,
    /// results of its advanced queries; or folders with such `.json` files
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<String>,
    /// The inventory file to write; compressed when its name ends in `.zst`
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    to: PathBuf,
    /// The account of replies that do not say theirs
    #[arg(long, value_name = "ID", value_parser = |text: &str| account(text).map(Arc::<str>::from))]
    account: Option<Arc<str>>,
    /// The region of replies that do not say theirs
    #[arg(long, value_name = "NAME", value_parser = |text: &str| region(text).map(Arc::<str>::from))]
    region: Option<Arc<str>>,
    /// The time that the replies are of: RFC 3339, or a date (default: the clock)
    #[arg(long, value_name = "TIME", value_parser = shared::parse_instant)]
    as_of: Option<jiff::Timestamp>,
}

pub(super) fn run(args: &ImportArgs, context: &Context) -> Result<ExitStatus, CliError> {
    let at: Arc<str> = shared::rfc3339(args.as_of.unwrap_or(context.now)).into();
    let scope = Scope { account: args.account.clone(), region: args.region.clone() };
    let options = ImportOptions { scope, collected_at: Arc::clone(&at) };
    let imported = import(&args.paths, &options);
    let imported = imported.map_err(|errors| errors.into_iter().map(Diagnostic::from).collect::<Vec<_>>())?;
    imported.notes.iter().for_each(|note| context.note(&format!("note: {note}")));
    if args.as_of.is_none() {
        context.note(
            "note: the replies are taken to be of now; give `--as-of` the time they are of, or recovery points of then look old",
        );
    }
    let header = Header::new(Origin::Import, Arc::clone(&at), request(&args.paths));
    let manifest = Manifest { finished_at: at, missing: Vec::new() };
    let sealed = inventory_file::write(&args.to, &header, &imported.scopes, &manifest).map_err(Diagnostic::from)?;
    context.note(&told(args, &imported, sealed));
    Ok(if sealed.gaps == 0 { ExitStatus::Clean } else { ExitStatus::NotProven })
}

fn request(paths: &[String]) -> Map<String, Json> {
    let paths = paths.iter().map(|path| Json::from(path.replace('\\', "/"))).collect();
    Map::from_iter([("paths".to_owned(), Json::Array(paths))])
}

fn told(args: &ImportArgs, imported: &Import, sealed: Sealed) -> String {
    let lists = match sealed.gaps {
        0 => String::new(),
        1 => "; one list is not whole".to_owned(),
        gaps => format!("; {gaps} lists are not whole"),
    };
    format!(
        "wrote {}: objects: {}; accounts and regions: {}; files: {}{lists}",
        args.to.display(),
        sealed.items,
        sealed.scopes,
        imported.files.len(),
    )
}
