//! What the fleet file says is declared.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::cli::drift::paths::expand;
use crate::cli::scan::input::{self, Input};
use crate::cli::scan::tell;
use crate::cli::shared::Context;
use crate::cli::{CliError, fleet};
use crate::diagnostic::Diagnostic;
use crate::fleet::{AccountSettings, Fleet};
use crate::model::{Gap, Inventory};
use crate::source::aws::collect::Account;
use crate::source::aws::s3::{Access, Uri, is_uri};
use crate::source::terraform::Given;

/// What is declared, and the folders that declare it.
pub(super) struct Declared {
    pub(super) inventory: Inventory,
    pub(super) folders: RefCell<Input>,
}

/// The paths that are declared, each once, with the account whose role leads to it.
pub(super) type Paths = BTreeMap<String, Option<Arc<str>>>;

/// What the fleet file says is declared, from the fleet file's folder. That there are such files is found before the night.
pub(super) fn paths(fleet: &Fleet, file: &Path) -> Result<Paths, CliError> {
    let listed = fleet.accounts.iter().map(|(id, account)| (Some(id), &account.settings));
    let mut paths = Paths::new();
    for (account, settings) in listed.chain([(None, &fleet.defaults)]) {
        for path in of_settings(settings, file)? {
            paths.entry(path).or_insert_with(|| account.cloned());
        }
    }
    Ok(paths)
}

fn of_settings(settings: &AccountSettings, file: &Path) -> Result<Vec<String>, CliError> {
    let folder = file.parent().unwrap_or(Path::new(""));
    let (objects, files): (Vec<&Arc<str>>, Vec<&Arc<str>>) = settings.declared.iter().partition(|path| is_uri(path));
    let mut paths = Vec::new();
    for object in objects {
        Uri::parse(object).map_err(Diagnostic::from)?;
        paths.push(object.to_string());
    }
    let files: Vec<String> =
        files.iter().map(|path| folder.join(path.as_ref()).to_string_lossy().into_owned()).collect();
    for path in expand(&files)? {
        if !Path::new(&path).exists() {
            let title = format!("fleet file `{}`: nothing is at `{path}`, which it says is declared", file.display());
            return Err(Diagnostic::new(title).help("paths count from the fleet file's folder").into());
        }
        paths.push(path);
    }
    Ok(paths)
}

/// Reads what is declared; `None` when nothing is. By then the night's work is done: what cannot be read is a gap of the
/// comparison.
pub(super) fn read(paths: &Paths, fleet: &Fleet, as_of: &Arc<str>, context: &Context) -> (Option<Declared>, Vec<Gap>) {
    let given = Given { environment: context.terraform.clone(), ..Given::default() };
    let mut all = Input::default();
    let mut gaps = Vec::new();
    for (path, account) in paths {
        let first_source = u32::try_from(all.inventory.sources.len()).unwrap_or(u32::MAX);
        let access = access(fleet, account.as_ref());
        match input::read_from(std::slice::from_ref(path), &given, as_of, first_source, &access) {
            Ok(one) => all.add(one),
            Err(error) => gaps.push(Gap { place: Arc::from(path.as_str()), reason: first_line(&error).into() }),
        }
    }
    tell(&all.diagnostics, context);
    let inventory = std::mem::take(&mut all.inventory);
    let declared = (!paths.is_empty()).then(|| Declared { inventory, folders: RefCell::new(all) });
    (declared, gaps)
}

/// States in S3 are reached as their account is.
fn access(fleet: &Fleet, account: Option<&Arc<str>>) -> Access {
    let of_account = |id: &Arc<str>| Account {
        id: Arc::clone(id),
        role: fleet.settings(id).role.as_ref().map(fleet::role),
        regions: None,
    };
    Access {
        profile: fleet.profile.as_ref().map(ToString::to_string),
        account: account.map(of_account),
        ..Access::default()
    }
}

fn first_line(error: &CliError) -> String {
    error.render(false).lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned()
}
