//! What is sent.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use form_urlencoded::Serializer;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value as Json};

use crate::source::aws::api::Asked;
use crate::source::aws::services::{Protocol, TAGGED, constants, pages, path, service_of, subject};

/// The request for a page.
pub(super) fn of(asked: &Asked) -> Result<HttpRequest, BoxError> {
    let action = asked.operation.action;
    match service_of(asked.operation).protocol {
        Protocol::Query { version } | Protocol::Ec2 { version } => {
            let body = form(asked, &[("Action", action), ("Version", version)]);
            with_body("application/x-www-form-urlencoded", None, body)
        }
        Protocol::Json { target } => {
            let body = Json::Object(members(asked)).to_string();
            with_body("application/x-amz-json-1.1", Some(format!("{target}.{action}")), body)
        }
        Protocol::Json10 { target } => {
            let body = Json::Object(members(asked)).to_string();
            with_body("application/x-amz-json-1.0", Some(format!("{target}.{action}")), body)
        }
        Protocol::Rest => {
            let of = asked.of.as_deref().unwrap_or_default();
            let path = path(asked.operation, &utf8_percent_encode(of, OUTSIDE_OF_PATHS).to_string());
            let query = form(asked, &[]);
            let mut request = HttpRequest::empty();
            request.set_uri(format!("{path}?{query}"))?;
            Ok(request)
        }
    }
}

/// What RFC 3986 does not reserve stands for itself.
pub(super) const OUTSIDE_OF_PATHS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

fn with_body(kind: &'static str, target: Option<String>, body: String) -> Result<HttpRequest, BoxError> {
    let mut request = HttpRequest::empty();
    request.set_method("POST")?;
    request.set_uri("/")?;
    request.headers_mut().insert("content-type", kind);
    request.headers_mut().insert("content-length", body.len().to_string());
    if let Some(target) = target {
        request.headers_mut().insert("x-amz-target", target);
    }
    *request.body_mut() = SdkBody::from(body);
    Ok(request)
}

/// The parameters by name: those of every such call, what it is about, the page.
fn parameters(asked: &Asked) -> impl Iterator<Item = (&'static str, &str)> {
    let subject = subject(asked.operation).zip(asked.of.as_deref());
    let page = pages(asked.operation).map(|(name, _)| name).zip(asked.page.as_deref());
    constants(asked.operation).iter().copied().chain(subject).chain(page)
}

fn form(asked: &Asked, first: &[(&str, &str)]) -> String {
    let mut form = Serializer::new(String::new());
    form.extend_pairs(first).extend_pairs(parameters(asked));
    form.finish()
}

fn members(asked: &Asked) -> Map<String, Json> {
    let mut members = Map::new();
    for (name, value) in constants(asked.operation) {
        let value = match *value {
            "true" => Json::Bool(true),
            text => text.parse::<u32>().map_or_else(|_| Json::from(text), Json::from),
        };
        members.insert((*name).to_owned(), value);
    }
    for (name, value) in parameters(asked).skip(constants(asked.operation).len()) {
        members.insert(name.to_owned(), Json::from(value));
    }
    if asked.operation.service == "tagging" {
        members.insert("ResourceTypeFilters".to_owned(), Json::from(TAGGED.to_vec()));
    }
    members
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::source::aws::operations::find;

    fn sent(operation: &str, of: Option<&str>, page: Option<&str>) -> (String, String, String) {
        let operation = find(operation).unwrap();
        let asked =
            Asked { operation, region: Arc::from("eu-west-1"), of: of.map(Arc::from), page: page.map(Arc::from) };
        let request = super::of(&asked).unwrap();
        let body = String::from_utf8(request.body().bytes().unwrap_or_default().to_vec()).unwrap();
        (request.uri().to_owned(), request.headers().get("x-amz-target").unwrap_or_default().to_owned(), body)
    }

    #[test]
    fn a_form_holds_the_action_its_subject_and_the_page() {
        let (uri, target, body) = sent("rds:DescribeDBParameters", Some("pg 1"), Some("a+b=="));
        assert_eq!((uri.as_str(), target.as_str()), ("/", ""));
        assert_eq!(
            body,
            "Action=DescribeDBParameters&Version=2014-10-31&Source=user&DBParameterGroupName=pg+1&Marker=a%2Bb%3D%3D"
        );
    }

    #[test]
    fn json_holds_numbers_as_numbers_and_what_is_asked_about_as_text() {
        let (_, target, body) = sent("secretsmanager:ListSecrets", None, Some("17"));
        assert_eq!(
            (target.as_str(), body.as_str()),
            ("secretsmanager.ListSecrets", r#"{"MaxResults":100,"NextToken":"17"}"#)
        );
        let (_, _, body) = sent("kms:DescribeKey", Some("123"), None);
        assert_eq!(body, r#"{"KeyId":"123"}"#);
    }

    #[test]
    fn a_path_holds_its_subject_as_one_segment() {
        let (uri, ..) =
            sent("backup:ListRecoveryPointsByResource", Some("arn:aws:rds:eu-west-1:1:db:a/b"), Some("t/1"));
        assert_eq!(
            uri,
            "/resources/arn%3Aaws%3Ards%3Aeu-west-1%3A1%3Adb%3Aa%2Fb/recovery-points/?maxResults=1000&nextToken=t%2F1"
        );
    }

    #[test]
    fn tables_and_their_tags_are_asked_for_page_by_page() {
        let (_, target, body) = sent("dynamodb:ListTables", None, Some("orders"));
        assert_eq!(
            (target.as_str(), body.as_str()),
            ("DynamoDB_20120810.ListTables", r#"{"ExclusiveStartTableName":"orders"}"#)
        );
        let (_, _, body) = sent("dynamodb:ListTagsOfResource", Some("arn:t"), Some("2"));
        assert_eq!(body, r#"{"NextToken":"2","ResourceArn":"arn:t"}"#);
        let (_, _, body) = sent("application-autoscaling:DescribeScalableTargets", None, None);
        assert_eq!(body, r#"{"MaxResults":50,"ServiceNamespace":"dynamodb"}"#);
    }

    #[test]
    fn tags_are_asked_for_by_type() {
        let (_, target, body) = sent("tagging:GetResources", None, None);
        assert_eq!(target, "ResourceGroupsTaggingAPI_20170126.GetResources");
        assert!(body.contains(r#""ResourceTypeFilters":["rds:pg","#), "{body}");
        assert!(body.contains(r#""backup:backup-vault","backup:backup-plan"]"#), "{body}");
    }
}
