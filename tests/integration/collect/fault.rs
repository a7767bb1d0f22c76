//! The ways in which a reply can go wrong.

use std::time::Duration;

use super::proxy::Asked;

/// What is written to the connection.
pub(crate) enum Reply {
    Bytes(Vec<u8>),
    /// This head, and then so many megabytes.
    Endless(Vec<u8>, usize),
    /// After a while.
    Late(Duration, Vec<u8>),
    /// In small pieces, with a wait before each.
    Dripping(Vec<u8>, Duration),
    /// And then nothing more, for a while.
    Stalling(Vec<u8>, Duration),
    /// The connection is closed.
    Nothing,
}

/// Where the body of a message begins.
pub(crate) fn body_at(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4)
}

/// A reply with its right length.
pub(crate) fn http(status: &str, extra: &str, kind: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nconnection: close\r\n{extra}\r\n"
    );
    [head.as_bytes(), body].concat()
}

/// An error in the form of the service that was asked.
fn error(asked: &Asked, status: &str, extra: &str, code: &str) -> Vec<u8> {
    let said = "User: arn:aws:sts::123456789012:assumed-role/x is not welcome, Planted-Message-3";
    match asked.service.as_str() {
        "elasticache" | "rds" | "redshift" | "sts" => http(
            status,
            extra,
            "text/xml",
            format!("<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{said}</Message></Error><RequestId>0</RequestId></ErrorResponse>").as_bytes(),
        ),
        "ec2" => http(
            status,
            extra,
            "text/xml",
            format!("<Response><Errors><Error><Code>{code}</Code><Message>{said}</Message></Error></Errors><RequestID>0</RequestID></Response>").as_bytes(),
        ),
        "s3" => http(
            status,
            extra,
            "application/xml",
            format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{said}</Message><RequestId>0</RequestId></Error>").as_bytes(),
        ),
        _ => http(
            status,
            extra,
            "application/x-amz-json-1.1",
            format!(r#"{{"__type":"com.amazonaws#{code}","message":"{said}"}}"#).as_bytes(),
        ),
    }
}

/// A whole reply with another body.
pub(crate) fn altered(whole: &[u8], alter: impl Fn(String) -> String) -> Vec<u8> {
    let at = body_at(whole).expect("a reply has a body");
    let body = alter(String::from_utf8_lossy(&whole[at..]).into_owned());
    let kind = if body.starts_with('{') { "application/json" } else { "text/xml" };
    http("200 OK", "", kind, body.as_bytes())
}

/// The body with a page after it that was there before.
fn looping(asked: &Asked, body: &str) -> String {
    let action = &asked.action;
    match asked.service.as_str() {
        "rds" => body.replace(&format!("</{action}Result>"), &format!("<Marker>again</Marker></{action}Result>")),
        "ec2" => {
            body.replace(&format!("</{action}Response>"), &format!("<nextToken>again</nextToken></{action}Response>"))
        }
        "tagging" => with(body, "PaginationToken"),
        _ => with(body, "NextToken"),
    }
}

/// A JSON object with a member set.
fn with(body: &str, member: &str) -> String {
    let mut read: serde_json::Value = serde_json::from_str(body).expect("JSON");
    read[member] = "again".into();
    read.to_string()
}

const HTML: &[u8] = b"<!DOCTYPE html><html><body><h1>It works</h1></body></html>";

/// What a fault makes of a reply; `whole` gives the one that would have come.
pub(crate) fn of(fault: &str, asked: &Asked, whole: impl Fn() -> Vec<u8>) -> Reply {
    if let Some(milliseconds) = fault.strip_prefix("late:") {
        return Reply::Late(Duration::from_millis(milliseconds.parse().expect("a number")), whole());
    }
    if let Some(code) = fault.strip_prefix("code:") {
        return Reply::Bytes(error(asked, "400 Bad Request", "", code));
    }
    if let Some(region) = fault.strip_prefix("moved:") {
        let extra = format!("x-amz-bucket-region: {region}\r\n");
        return Reply::Bytes(error(asked, "301 Moved Permanently", &extra, "PermanentRedirect"));
    }
    if let Some(region) = fault.strip_prefix("malformed:") {
        let extra = format!("x-amz-bucket-region: {region}\r\n");
        return Reply::Bytes(error(asked, "400 Bad Request", &extra, "AuthorizationHeaderMalformed"));
    }
    Reply::Bytes(match fault {
        "slowdown" => error(asked, "503 Slow Down", "", "SlowDown"),
        "throttle" => error(asked, "400 Bad Request", "", "Throttling"),
        "limit" => error(asked, "503 Service Unavailable", "", "RequestLimitExceeded"),
        "429" => http("429 Too Many Requests", "", "text/html", HTML),
        "wait" => error(asked, "429 Too Many Requests", "x-amz-retry-after: 20\r\n", "ThrottlingException"),
        "waitseconds" => error(asked, "503 Service Unavailable", "retry-after: 1\r\n", "Throttling"),
        "denied" => error(asked, "403 Forbidden", "", "AccessDenied"),
        "deniedjson" => error(asked, "400 Bad Request", "", "AccessDeniedException"),
        "unauthorized" => error(asked, "403 Forbidden", "", "UnauthorizedOperation"),
        "expired" => error(asked, "403 Forbidden", "", "ExpiredToken"),
        "500" => error(asked, "500 Internal Server Error", "", "InternalFailure"),
        "503" => error(asked, "503 Service Unavailable", "", "ServiceUnavailable"),
        "500html" => http("500 Internal Server Error", "", "text/html", HTML),
        "502html" => http("502 Bad Gateway", "", "text/html", HTML),
        "403html" => http("403 Forbidden", "", "text/html", HTML),
        "404html" => http("404 Not Found", "", "text/html", HTML),
        "302" => http("302 Found", "location: http://127.0.0.1:9/\r\n", "text/html", b""),
        "204" => b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_vec(),
        "html" => http("200 OK", "", "text/html", HTML),
        "empty" => http("200 OK", "", "text/xml", b""),
        "emptyobject" => http("200 OK", "", "application/json", b"{}"),
        "null" => http("200 OK", "", "application/json", b"null"),
        "garbage" => http("200 OK", "", "text/xml", &[0xff; 300]),
        "cut" => altered(&whole(), |body| body.chars().take(body.chars().count() * 2 / 3).collect()),
        "mismatched" => altered(&whole(), |body| body.replacen("</", "</x", 1)),
        "double" => altered(&whole(), |body| body.replacen('{', r#"{"KeyRotationEnabled":true,"#, 1)),
        "trailing" => altered(&whole(), |body| body + "<more/>"),
        "otherroot" => altered(&whole(), |body| body.replace(&format!("{}Response", asked.action), "OtherResponse")),
        "noresult" => altered(&whole(), |body| body.replace(&format!("{}Result", asked.action), "OtherResult")),
        "nolist" => {
            altered(&whole(), |body| body.replace("DBInstances>", "DBOthers>").replace("DBInstances/>", "DBOthers/>"))
        }
        "wrongtype" => altered(&whole(), |body| body.replacen("<MultiAZ>", "<MultiAZ>not ", 1)),
        "entity" => altered(&whole(), |body| body.replacen("<DBInstances>", "<DBInstances>&lol;", 1)),
        "doctype" => {
            altered(&whole(), |body| format!("<!DOCTYPE x [<!ENTITY lol \"lol\">]>{}", without_declaration(&body)))
        }
        "deep" => altered(&whole(), |body| {
            body.replacen("<DBInstances>", &format!("<DBInstances>{}", "<a>".repeat(100_000)), 1)
        }),
        "loop" => altered(&whole(), |body| looping(asked, &body)),
        "truncate" => {
            let whole = whole();
            whole[..whole.len() * 2 / 3].to_vec()
        }
        "headonly" => b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n".to_vec(),
        "nohttp" => b"SSH-2.0-OpenSSH_9.2\r\n".to_vec(),
        "reset" => return Reply::Nothing,
        "hang" => return Reply::Late(Duration::from_secs(30), Vec::new()),
        "stall" => {
            let whole = whole();
            let at = body_at(&whole).expect("a reply has a body") + 1;
            return Reply::Stalling(whole[..at].to_vec(), Duration::from_secs(30));
        }
        "drip" => return Reply::Dripping(whole(), Duration::from_millis(200)),
        "huge" => {
            let head =
                b"HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\nconnection: close\r\n\r\n<DescribeDBInstancesResponse>"
                    .to_vec();
            return Reply::Endless(head, 500);
        }
        "hugelength" => {
            let head = b"HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: 524288000\r\n\r\n".to_vec();
            return Reply::Endless(head, 500);
        }
        other => panic!("no fault `{other}`"),
    })
}

fn without_declaration(body: &str) -> &str {
    body.split_once("?>").map_or(body, |(_, rest)| rest)
}
