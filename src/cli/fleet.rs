//! The fleet file, as the commands that collect use it.

use std::path::Path;

use super::CliError;
use crate::diagnostic::Diagnostic;
use crate::fleet::{self, AccountSettings, AssumedRole, Fleet, FleetRegions};
use crate::source::aws::Family;
use crate::source::aws::collect::{Account, AccountChoice, Organization, RegionChoice, Request, Role};

/// Reads a fleet file.
pub(super) fn read(file: &Path) -> Result<Fleet, CliError> {
    let name = file.display().to_string().replace('\\', "/");
    let text = std::fs::read(file).map_err(|error| error.to_string());
    let text = text.and_then(|bytes| String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned()));
    let text = text.map_err(|why| {
        Diagnostic::new(format!("fleet file `{name}` cannot be read: {why}"))
            .help("give a YAML file that you may read; docs/fleet.md has one to begin with")
    })?;
    Ok(fleet::parse(&name, &text)?)
}

/// What the collector is asked for.
pub(super) fn request(fleet: &Fleet) -> Request {
    let listed: Vec<Account> = fleet
        .accounts
        .iter()
        .map(|(id, account)| Account {
            id: id.clone(),
            role: account.settings.role.as_ref().map(role),
            regions: Some(regions(&account.settings)),
        })
        .collect();
    let texts = |texts: &[std::sync::Arc<str>]| texts.iter().map(ToString::to_string).collect();
    let accounts = match &fleet.organization {
        None => AccountChoice::Listed(listed),
        Some(organization) => AccountChoice::Organization(Organization {
            units: texts(&organization.units),
            except: texts(&organization.exclude),
            role: fleet.defaults.role.as_ref().map(role),
            accounts: listed,
        }),
    };
    let defaults = Request::default();
    Request {
        profile: fleet.profile.as_ref().map(ToString::to_string),
        accounts,
        regions: regions(&fleet.defaults),
        scopes_at_once: fleet.concurrency.map_or(defaults.scopes_at_once, usize::from),
        services: fleet.services.clone().unwrap_or_else(Family::all),
        max_requests: fleet.max_calls,
        ..defaults
    }
}

pub(super) fn role(role: &AssumedRole) -> Role {
    Role { name: role.name.to_string(), external_id: role.external_id.as_ref().map(ToString::to_string) }
}

fn regions(settings: &AccountSettings) -> RegionChoice {
    match &settings.regions {
        FleetRegions::AllEnabled => RegionChoice::Enabled,
        FleetRegions::Listed(regions) => RegionChoice::Listed(regions.clone()),
    }
}
