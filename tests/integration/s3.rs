//! States in S3, against moto behind the proxy that breaks replies.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use dbkeel::source::aws::collect::{Account, Keys, Limits, Role};
use dbkeel::source::aws::s3::{Access, S3Problem, Uri, fetch};
use dbkeel::source::{Problem, SourceError};
use sha2::{Digest as _, Sha256};

use super::collect::{Moto, Proxy, limits, moto};

const HOME: &str = "eu-west-1";
const STATE: &[u8] = br#"{"version": 4, "resources": []}"#;

/// Puts something into moto, past the proxy and unsigned, so that nothing of what is tested is used for it.
/// Gives the head of the reply.
fn put(moto: &Moto, path: &str, headers: &str, body: &[u8]) -> String {
    let mut server = TcpStream::connect(("127.0.0.1", moto.port)).unwrap();
    let scope = "AKIAIOSFODNN7EXAMPLE/20261122/us-east-1/s3/aws4_request";
    let head = format!(
        "PUT {path} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\nauthorization: AWS4-HMAC-SHA256 Credential={scope}, \
         SignedHeaders=host, Signature=0\r\ncontent-length: {}\r\nconnection: close\r\n{headers}\r\n",
        moto.port,
        body.len()
    );
    server.write_all(head.as_bytes()).unwrap();
    server.write_all(body).unwrap();
    let mut reply = String::new();
    server.read_to_string(&mut reply).unwrap();
    let status = reply.lines().next().unwrap_or_default();
    assert!(status.contains(" 200 "), "{path}: {status}");
    reply
}

fn access(proxy: &Proxy) -> Access {
    let keys = Keys { id: "AKIAIOSFODNN7EXAMPLE".to_owned(), secret: "x".repeat(40), token: None };
    Access {
        endpoint_url: Some(proxy.url.clone()),
        keys: Some(keys),
        region: Some(Arc::from(HOME)),
        ..Access::default()
    }
}

fn large() -> Limits {
    Limits { reply_bytes: 64 << 20, ..limits() }
}

fn read(proxy: &Proxy, uris: &[&str]) -> Vec<Result<Vec<u8>, SourceError>> {
    let uris: Vec<Uri> = uris.iter().map(|uri| Uri::parse(uri).unwrap()).collect();
    fetch(&uris, &access(proxy), &large())
}

/// What is wrong with the one object that is asked for; the message names it and nothing of the reply.
fn problem(moto: &Moto, rules: &[&str], uri: &str) -> S3Problem {
    let error = read(&Proxy::new(moto.port, rules), &[uri]).remove(0).unwrap_err();
    assert_eq!(&*error.path, uri);
    let told = format!("{error} {error:?} {}", error.problem.help());
    assert!(!told.contains("Planted"), "{told}");
    match error.problem {
        Problem::S3(problem) => problem,
        other => panic!("{other:?}"),
    }
}

/// The regions that requests were signed for, and their paths.
fn asked(proxy: &Proxy) -> Vec<(String, String)> {
    proxy.log().iter().map(|asked| (asked.region.clone(), asked.path().to_owned())).collect()
}

#[test]
fn a_state_of_five_megabytes_arrives_byte_for_byte() {
    let Some(moto) = moto() else { return };
    let large: Vec<u8> = (0..5_u32 << 20).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    put(moto, "/large-states", "", b"");
    put(moto, "/large-states/prod.tfstate", "", &large);
    let proxy = Proxy::new(moto.port, &[]);
    let bytes = read(&proxy, &["s3://large-states/prod.tfstate"]).remove(0).unwrap();
    assert!(bytes == large, "{} bytes", bytes.len());
    assert_eq!(asked(&proxy), [(HOME.to_owned(), "/large-states/prod.tfstate".to_owned())]);
    let head = &proxy.log()[0].head;
    let of_nothing = "x-amz-content-sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert!(head.contains(of_nothing), "{head}");
}

#[test]
fn keys_are_what_they_look_like() {
    let Some(moto) = moto() else { return };
    put(moto, "/odd-keys", "", b"");
    let keys = [
        ("a b", "/a%20b"),
        ("a+b", "/a%2Bb"),
        ("a%20b", "/a%2520b"),
        ("é/日本/🦀", "/%C3%A9/%E6%97%A5%E6%9C%AC/%F0%9F%A6%80"),
        ("env:/prod/db.tfstate", "/env%3A/prod/db.tfstate"),
        ("what?now?", "/what%3Fnow"),
        ("a&b=c;d#e'f(g)*h~i", "/a%26b%3Dc%3Bd%23e%27f%28g%29%2Ah~i"),
    ];
    for (at, (_, path)) in keys.iter().enumerate() {
        put(moto, &format!("/odd-keys{path}"), "", at.to_string().as_bytes());
    }
    let uris: Vec<String> = keys.iter().map(|(key, _)| format!("s3://odd-keys/{key}")).collect();
    let uris: Vec<&str> = uris.iter().map(String::as_str).collect();
    let proxy = Proxy::new(moto.port, &[]);
    let read: Vec<String> =
        read(&proxy, &uris).into_iter().map(|read| String::from_utf8(read.unwrap()).unwrap()).collect();
    assert_eq!(read, ["0", "1", "2", "3", "4", "5", "6"]);
    let mut sent: Vec<String> = asked(&proxy).into_iter().map(|(_, path)| path).collect();
    let mut expected: Vec<String> = keys.iter().map(|(_, path)| format!("/odd-keys{path}")).collect();
    sent.sort();
    expected.sort();
    assert_eq!(sent, expected);
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let pad = |with: u8| (0..64).map(|at| key.get(at).copied().unwrap_or(0) ^ with).collect::<Vec<u8>>();
    let inner = Sha256::digest([pad(0x36).as_slice(), text.as_bytes()].concat());
    Sha256::digest([pad(0x5c).as_slice(), inner.as_slice()].concat()).to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Signs a request that was sent once more, as
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html> says: the path as it was sent.
fn signature(head: &str, secret: &str) -> String {
    let header = |name: &str| {
        let line = head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
        line.unwrap_or_else(|| panic!("{name}: {head}")).trim().to_owned()
    };
    let authorization = header("authorization");
    let part = |name: &str| authorization.split(name).nth(1).unwrap().split(',').next().unwrap().to_owned();
    let (names, credential) = (part("SignedHeaders="), part("Credential="));
    let scope = credential.split_once('/').unwrap().1;
    let target = head.split(' ').nth(1).unwrap();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let headers: String = names.split(';').map(|name| format!("{name}:{}\n", header(name))).collect();
    let canonical = format!("GET\n{path}\n{query}\n{headers}\n{names}\n{}", header("x-amz-content-sha256"));
    let date = header("x-amz-date");
    let text = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{}", hex(&Sha256::digest(canonical)));
    let key = scope.split('/').fold(format!("AWS4{secret}").into_bytes(), |key, part| hmac(&key, part));
    hex(&hmac(&key, &text))
}

#[test]
fn the_signature_is_over_the_path_as_it_is_sent() {
    let Some(moto) = moto() else { return };
    let proxy = Proxy::new(moto.port, &[]);
    for uri in ["s3://signed/a b+%é//../c", "s3://signed/k?versionId=a.b=_~C"] {
        fetch(&[Uri::parse(uri).unwrap()], &access(&proxy), &large());
    }
    let log = proxy.log();
    assert_eq!(log.len(), 2);
    for asked in log {
        let found = asked.head.split("Signature=").nth(1).and_then(|rest| rest.lines().next()).unwrap().to_owned();
        assert_eq!(found, signature(&asked.head, &"x".repeat(40)), "{}", asked.head);
    }
}

#[test]
fn what_is_not_there_is_told_apart() {
    let Some(moto) = moto() else { return };
    put(moto, "/some-states", "", b"");
    assert_eq!(problem(moto, &[], "s3://some-states/none"), S3Problem::NoSuchKey);
    assert_eq!(problem(moto, &[], "s3://no-such-states/none"), S3Problem::NoSuchBucket);
    put(moto, "/some-states/cold", "x-amz-storage-class: GLACIER\r\n", STATE);
    assert_eq!(problem(moto, &[], "s3://some-states/cold"), S3Problem::Archived);
}

#[test]
fn what_goes_wrong_is_told_as_what_it_is_and_touches_nothing_else() {
    let Some(moto) = moto() else { return };
    put(moto, "/broken-states", "", b"");
    put(moto, "/broken-states/a", "", STATE);
    let uri = "s3://broken-states/a";
    let one = |fault: &str| problem(moto, &[&format!("GetObject@{HOME}={fault}")], uri);
    let denied = S3Problem::Denied { code: Arc::from("AccessDenied"), permission: "s3:GetObject" };
    assert_eq!(one("denied"), denied);
    assert_eq!(one("slowdown"), S3Problem::Throttled);
    assert!(matches!(one("expired"), S3Problem::Credentials { .. }));
    assert!(matches!(one("403html"), S3Problem::Denied { .. }));
    for fault in ["truncate", "headonly", "reset", "nohttp", "204", "500", "502html", "302"] {
        let found = one(fault);
        assert!(matches!(found, S3Problem::Failed { .. }), "{fault}: {found:?}");
    }
    let start = Instant::now();
    assert_eq!(one("huge"), S3Problem::TooLarge { limit: 64 << 20 });
    assert!(start.elapsed() < Duration::from_secs(30));
    // One that is lost leaves the others.
    let proxy = Proxy::new(moto.port, &[]);
    let read = read(&proxy, &["s3://broken-states/none", uri, "s3://no-such-states/a", uri]);
    let is_read: Vec<bool> = read.iter().map(|read| read.as_deref().is_ok_and(|bytes| bytes == STATE)).collect();
    assert_eq!(is_read, [false, true, false, true]);
}

#[test]
fn a_reply_that_stands_still_is_given_up_long_before_the_attempt_ends() {
    let Some(moto) = moto() else { return };
    put(moto, "/still-states", "", b"");
    put(moto, "/still-states/a", "", STATE);
    let minute = Duration::from_secs(60);
    let limits = Limits { read: Duration::from_secs(1), attempt: minute, call: minute, attempts: 2, ..large() };
    let uri = Uri::parse("s3://still-states/a").unwrap();
    let fetched = |rule: &str| fetch(std::slice::from_ref(&uri), &access(&Proxy::new(moto.port, &[rule])), &limits);
    let start = Instant::now();
    let error = fetched("GetObject@*=stall").remove(0).unwrap_err();
    assert!(matches!(error.problem, Problem::S3(S3Problem::Failed { .. })), "{error}");
    assert_eq!(fetched("GetObject@*=stallx1").remove(0).unwrap(), STATE);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn what_passes_is_tried_again() {
    let Some(moto) = moto() else { return };
    put(moto, "/patient-states", "", b"");
    put(moto, "/patient-states/a", "", STATE);
    for fault in ["slowdownx2", "503x1", "truncatex1", "resetx1"] {
        let proxy = Proxy::new(moto.port, &[&format!("GetObject@*={fault}")]);
        let bytes = read(&proxy, &["s3://patient-states/a"]).remove(0).unwrap();
        assert_eq!(bytes, STATE, "{fault}");
        assert!(proxy.log().len() > 1, "{fault}");
    }
}

#[test]
fn a_bucket_in_another_region_is_found_once_and_remembered() {
    let Some(moto) = moto() else { return };
    put(moto, "/far-states", "", b"");
    for key in ["a", "b", "c"] {
        put(moto, &format!("/far-states/{key}"), "", key.as_bytes());
    }
    for fault in ["moved:ap-southeast-2", "malformed:ap-southeast-2"] {
        let proxy = Proxy::new(moto.port, &[&format!("GetObject@{HOME}={fault}")]);
        let read = read(&proxy, &["s3://far-states/a", "s3://far-states/b", "s3://far-states/c"]);
        let read: Vec<Vec<u8>> = read.into_iter().map(Result::unwrap).collect();
        assert_eq!(read, [b"a", b"b", b"c"]);
        let regions: Vec<String> = asked(&proxy).into_iter().map(|(region, _)| region).collect();
        assert_eq!(regions, [HOME, "ap-southeast-2", "ap-southeast-2", "ap-southeast-2"], "{fault}");
    }
    let proxy = Proxy::new(moto.port, &[&format!("GetObject@{HOME}=moved:ap-southeast-2")]);
    read(&proxy, &["s3://far-states/a?region=ap-southeast-2"]).remove(0).unwrap();
    assert_eq!(asked(&proxy), [("ap-southeast-2".to_owned(), "/far-states/a".to_owned())]);
    // Sent on without end, it gives up after the second.
    assert_eq!(
        problem(
            moto,
            &[&format!("GetObject@{HOME}=moved:us-east-2"), "GetObject@*=moved:eu-west-2"],
            "s3://far-states/a"
        ),
        S3Problem::Elsewhere
    );
}

#[test]
fn an_old_version_is_read_by_its_id_and_a_wrong_id_is_told() {
    let Some(moto) = moto() else { return };
    put(moto, "/old-states", "", b"");
    let versioning = b"<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
    put(moto, "/old-states?versioning", "", versioning);
    let reply = put(moto, "/old-states/a", "", b"first").to_ascii_lowercase();
    let first = reply.lines().find_map(|line| line.strip_prefix("x-amz-version-id: ")).expect("a version").trim();
    put(moto, "/old-states/a", "", b"second");
    assert_eq!(read(&Proxy::new(moto.port, &[]), &["s3://old-states/a"]).remove(0).unwrap(), b"second");
    let proxy = Proxy::new(moto.port, &[]);
    let by_id = format!("s3://old-states/a?versionId={first}");
    assert_eq!(read(&Proxy::new(moto.port, &[]), &[&by_id]).remove(0).unwrap(), b"first");
    let wrong = "s3://old-states/a?versionId=00000000-0000-0000-0000-000000000000";
    let error = read(&proxy, &[wrong]).remove(0).unwrap_err();
    assert!(matches!(error.problem, Problem::S3(S3Problem::NoSuchVersion { .. })), "{error}");
    assert_eq!(asked(&proxy)[0].1, "/old-states/a?versionId=00000000-0000-0000-0000-000000000000");
}

#[test]
fn an_account_is_entered_by_its_role_and_a_refused_role_is_told_of_every_object() {
    let Some(moto) = moto() else { return };
    put(moto, "/role-states", "", b"");
    put(moto, "/role-states/a", "", STATE);
    let role = Role { name: "DbkeelReadOnly".to_owned(), external_id: Some("nightly".to_owned()) };
    let account = Account { id: Arc::from(moto.accounts[0].as_str()), role: Some(role), regions: None };
    let uris = [Uri::parse("s3://role-states/a").unwrap(), Uri::parse("s3://role-states/a").unwrap()];
    let with = |proxy: &Proxy| fetch(&uris, &Access { account: Some(account.clone()), ..access(proxy) }, &large());
    let proxy = Proxy::new(moto.port, &[]);
    let read: Vec<Vec<u8>> = with(&proxy).into_iter().map(Result::unwrap).collect();
    assert_eq!(read, [STATE, STATE]);
    let log = proxy.log();
    let (assumed, read): (Vec<_>, Vec<_>) = log.iter().partition(|asked| asked.service == "sts");
    assert!(!assumed.is_empty() && read.len() == 2, "{log:?}");
    assert!(assumed.iter().all(|asked| asked.parameter("ExternalId").as_deref() == Some("nightly")));
    assert!(read.iter().all(|asked| asked.head.contains("x-amz-security-token: ")));
    let refused = with(&Proxy::new(moto.port, &["AssumeRole@*=denied"]));
    assert_eq!(refused.len(), 2);
    for error in refused.into_iter().map(Result::unwrap_err) {
        assert!(matches!(error.problem, Problem::S3(S3Problem::Credentials { .. })), "{error}");
    }
}
