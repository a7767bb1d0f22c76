//! How AWS names accounts, regions and a few resources that do not say it themselves.

use serde_json::Value as Json;

use super::object::Members;

/// The ARN of a cluster of Redshift, which its description leaves out: its namespace's ARN has all of it but the name
/// (docs.aws.amazon.com/service-authorization/latest/reference/list_amazonredshift.html).
pub(crate) fn arn_of_warehouse(cluster: &(impl Members + ?Sized)) -> Option<String> {
    let text = |member: &str| cluster.member(member).and_then(Json::as_str).filter(|text| !text.is_empty());
    let (place, _) = text("ClusterNamespaceArn")?.rsplit_once(":namespace:")?;
    Some(format!("{place}:cluster:{}", text("ClusterIdentifier")?))
}

/// Twelve digits.
pub(crate) fn is_account(word: &str) -> bool {
    word.len() == 12 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// `eu-west-1`, `us-gov-east-1`, `ap-southeast-2`: a country or continent, a direction, a number.
pub(crate) fn is_region(word: &str) -> bool {
    const DIRECTIONS: &[&str] =
        &["north", "south", "east", "west", "central", "northeast", "northwest", "southeast", "southwest"];
    let mut parts = word.rsplit('-');
    let is_number = parts.next().is_some_and(|part| part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_digit()));
    let is_direction = parts.next().is_some_and(|part| DIRECTIONS.contains(&part));
    let is_lower = |part: &str| (2..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_lowercase());
    is_number && is_direction && (1..=2).contains(&parts.clone().count()) && parts.all(is_lower)
}
