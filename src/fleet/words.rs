//! The words that AWS names things by, as a fleet file may give them.

use crate::nearest::nearest;
use crate::source::aws::names::{is_account, is_region};
use crate::yaml::At;
use crate::yaml::problems::Problems;

/// The word for all regions that an account has enabled.
pub(super) const ALL_ENABLED: &str = "all-enabled";

/// Some regions, to name the one that is nearest to a misspelt one.
/// <https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html>
const REGIONS: &[&str] = &[
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "cn-north-1",
    "cn-northwest-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-gov-east-1",
    "us-gov-west-1",
    "us-west-1",
    "us-west-2",
];

/// An account's id.
pub(super) fn account(word: &At<String>, problems: &mut Problems) -> bool {
    let is_account = is_account(&word.value);
    if !is_account {
        let title = format!("`{}` is no account id", word.value.escape_debug());
        problems.add_with_help(word.place, title, "an account id has twelve digits; write it in quotes");
    }
    is_account
}

/// A region's name, known or new.
pub(super) fn region(word: &At<String>, problems: &mut Problems) -> bool {
    let name = word.value.as_str();
    let is_region = is_region(name);
    if !is_region {
        let help = nearest(name, REGIONS.iter().copied().chain([ALL_ENABLED])).map_or_else(
            || format!("write names such as `eu-west-1`, or `{ALL_ENABLED}` alone"),
            |near| format!("did you mean `{near}`?"),
        );
        problems.add_with_help(word.place, format!("`{}` is no region", name.escape_debug()), help);
    }
    is_region
}

/// An organizational unit or a root, as `ou-ab12-cdef3456` and `r-ab12`.
/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_OrganizationalUnit.html>
pub(super) fn is_unit(word: &str) -> bool {
    let is_part = |part: &str, least: usize| {
        (least..=32).contains(&part.len())
            && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    let unit = word.strip_prefix("ou-").and_then(|rest| rest.split_once('-'));
    unit.is_some_and(|(root, unit)| is_part(root, 4) && is_part(unit, 8))
        || word.strip_prefix("r-").is_some_and(|root| is_part(root, 4))
}

/// A role's name, with its path if it has one, or its ARN; the account of an ARN must be the one that it is for.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
pub(super) fn role(word: &At<String>, account: Option<&str>, problems: &mut Problems) -> bool {
    let is_name = |name: &str| {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "+=,.@_/-".contains(c);
        (1..=576).contains(&name.len()) && name.chars().all(is_plain) && !name.ends_with('/')
    };
    let arn = word.value.strip_prefix("arn:").map(|rest| rest.split(':').collect::<Vec<_>>());
    let (title, help) = match (arn.as_deref(), account) {
        (None, _) if is_name(&word.value) => return true,
        (Some([_, "iam", "", of, role]), Some(account))
            if role.strip_prefix("role/").is_some_and(is_name) && *of == account =>
        {
            return true;
        }
        (Some([_, "iam", "", of, role]), Some(account)) if role.starts_with("role/") => (
            format!("the role is of account `{of}`, and this is account `{account}`"),
            "give the role's name alone, or its ARN in this account".to_owned(),
        ),
        (Some(_), None) => (
            "a role's ARN is of one account, and the defaults are for all".to_owned(),
            "give the role's name alone; it is assumed in each account".to_owned(),
        ),
        _ => (
            format!("`{}` is neither a role's name nor its ARN", word.value.escape_debug()),
            "write it as `dbkeel-read` or `arn:aws:iam::111122223333:role/dbkeel-read`".to_owned(),
        ),
    };
    problems.add_with_help(word.place, title, help);
    false
}

/// What a trust policy may ask for: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>.
pub(super) fn external_id(word: &At<String>, problems: &mut Problems) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_+=,.@:/-".contains(c);
    let is_one = (2..=1224).contains(&word.value.len()) && word.value.chars().all(is_plain);
    if !is_one {
        let help = "AWS takes 2 to 1224 letters, digits and `_+=,.@:/-`";
        problems.add_with_help(word.place, "this is no external id", help);
    }
    is_one
}
