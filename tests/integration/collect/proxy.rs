//! A proxy between the collector and moto: answers the calls that moto lacks, and breaks those that a rule names.
//!
//! A rule is `Action@region=fault`, with `*` for any action or region, `xN` for the first N hits only, `+N` to let N
//! pass before: `DescribeDBInstances@eu-west-1=throttlex2`. Replies are kept, so that a second run sees the same world.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::thread;
use std::time::Duration;

use super::fault::{self, Reply};
use super::fill;

/// One request, as far as rules and answers look at it.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) service: String,
    pub(crate) region: String,
    pub(crate) action: String,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Asked {
    /// A parameter of a form.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        let pairs = form_urlencoded::parse(self.body.as_bytes());
        pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    /// The same, as if it asked for no page.
    fn of_first_page(&self) -> Self {
        let mut first = self.clone();
        for asked in ["&Marker=again", "&NextToken=again", r#","NextToken":"again""#, r#""PaginationToken":"again","#] {
            first.body = first.body.replace(asked, "");
        }
        first.head = first.head.replace("&nextToken=again", "");
        let length = |head: &str| head.lines().find(|line| line.starts_with("content-length")).map(str::to_owned);
        if let Some(length) = length(&first.head) {
            first.head = first.head.replace(&length, &format!("content-length: {}", first.body.len()));
        }
        first
    }

    pub(crate) fn path(&self) -> &str {
        self.head.split(' ').nth(1).unwrap_or("/")
    }
}

struct Rule {
    action: String,
    region: String,
    fault: String,
    left: Option<u32>,
    skip: u32,
}

impl Rule {
    fn parse(text: &str) -> Self {
        let (what, fault) = text.split_once('=').expect("a fault");
        let (action, region) = what.split_once('@').expect("a region");
        let (fault, skip) = match fault.split_once('+') {
            Some((fault, skip)) => (fault, skip.parse().expect("a number")),
            None => (fault, 0),
        };
        let counted = fault.rsplit_once('x').and_then(|(name, left)| Some((name, left.parse::<u32>().ok()?)));
        let (fault, left) = counted.map_or((fault, None), |(name, left)| (name, Some(left)));
        Self { action: action.into(), region: region.into(), fault: fault.into(), left, skip }
    }

    fn meets(&self, asked: &Asked) -> bool {
        let is = |wanted: &str, found: &str| wanted == "*" || wanted == found;
        is(&self.action, &asked.action) && is(&self.region, &asked.region)
    }

    /// The fault, if it is this hit's turn.
    fn hit(&mut self) -> Option<String> {
        if self.skip > 0 {
            self.skip -= 1;
            return None;
        }
        match &mut self.left {
            Some(0) => None,
            Some(left) => {
                *left -= 1;
                Some(self.fault.clone())
            }
            None => Some(self.fault.clone()),
        }
    }
}

/// The replies that moto gave.
type Kept = Mutex<BTreeMap<String, Vec<u8>>>;

/// What is made of the body of a reply of moto's.
pub(crate) type Edit = Arc<dyn Fn(&Asked, String) -> String + Send + Sync>;

struct Shared {
    moto: u16,
    page: Option<usize>,
    rules: Mutex<Vec<Rule>>,
    log: Mutex<Vec<Asked>>,
    kept: Arc<Kept>,
    edit: Option<Edit>,
    is_over: AtomicBool,
}

/// A proxy on a port of its own.
pub(crate) struct Proxy {
    pub(crate) url: String,
    port: u16,
    shared: Arc<Shared>,
}

static KEPT: LazyLock<Arc<Kept>> = LazyLock::new(Arc::default);

impl Proxy {
    pub(crate) fn new(moto: u16, rules: &[&str]) -> Self {
        Self::with(moto, rules, None, Arc::clone(&KEPT), None)
    }

    /// One before a server whose world changes: it keeps no reply of another proxy, and edits those that come.
    pub(crate) fn editing(moto: u16, rules: &[&str], edit: Edit) -> Self {
        Self::with(moto, rules, None, Arc::default(), Some(edit))
    }

    /// One that gives instances in pages of so many.
    pub(crate) fn paging(moto: u16, rules: &[&str], page: usize) -> Self {
        Self::with(moto, rules, Some(page), Arc::clone(&KEPT), None)
    }

    fn with(moto: u16, rules: &[&str], page: Option<usize>, kept: Arc<Kept>, edit: Option<Edit>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let rules = Mutex::new(rules.iter().map(|rule| Rule::parse(rule)).collect());
        let (log, is_over) = (Mutex::default(), AtomicBool::new(false));
        let shared = Arc::new(Shared { moto, page, rules, log, kept, edit, is_over });
        let ours = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if ours.is_over.load(Ordering::Relaxed) {
                    break;
                }
                let ours = Arc::clone(&ours);
                thread::spawn(move || serve(stream, &ours));
            }
        });
        Self { url: format!("http://127.0.0.1:{port}"), port, shared }
    }

    /// Every request so far.
    pub(crate) fn log(&self) -> Vec<Asked> {
        self.shared.log.lock().expect("the log").clone()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.shared.is_over.store(true, Ordering::Relaxed);
        // Wakes the thread that listens.
        drop(TcpStream::connect(("127.0.0.1", self.port)));
    }
}

fn serve(mut stream: TcpStream, shared: &Shared) {
    let Some(mut asked) = read(&mut stream) else { return };
    if let Some(page) = shared.page.filter(|_| asked.action == "DescribeDBInstances") {
        asked.body.push_str(&format!("&MaxRecords={page}"));
        let length = asked.head.lines().find(|line| line.starts_with("content-length")).expect("a length").to_owned();
        asked.head = asked.head.replace(&length, &format!("content-length: {}", asked.body.len()));
    }
    shared.log.lock().expect("the log").push(asked.clone());
    let fault = shared.rules.lock().expect("the rules").iter_mut().find(|rule| rule.meets(&asked)).and_then(Rule::hit);
    // Asked for a page that it did not name, moto fails: a loop goes round the first.
    let first = || if fault.as_deref() == Some("loop") { asked.of_first_page() } else { asked.clone() };
    let whole = || whole(&first(), shared);
    let sent = match &fault {
        None => Reply::Bytes(whole()),
        Some(fault) => fault::of(fault, &asked, whole),
    };
    match sent {
        Reply::Bytes(bytes) => drop(stream.write_all(&bytes)),
        Reply::Endless(head, times) => {
            let block = vec![b'a'; 1 << 20];
            let mut ok = stream.write_all(&head).is_ok();
            for _ in 0..times {
                ok = ok && stream.write_all(&block).is_ok();
            }
        }
        Reply::Late(wait, bytes) => {
            thread::sleep(wait);
            drop(stream.write_all(&bytes));
        }
        Reply::Dripping(bytes, wait) => {
            for piece in bytes.chunks(64) {
                thread::sleep(wait);
                if stream.write_all(piece).is_err() {
                    return;
                }
            }
        }
        Reply::Stalling(bytes, wait) => {
            drop(stream.write_all(&bytes));
            thread::sleep(wait);
        }
        Reply::Nothing => drop(stream.shutdown(Shutdown::Both)),
    }
}

/// What comes when nothing is broken.
fn whole(asked: &Asked, shared: &Shared) -> Vec<u8> {
    if let Some(filled) = fill::answer(asked) {
        return filled;
    }
    let who = asked.head.split("Credential=").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
    let key = format!("{who} {} {} {} {} {}", asked.service, asked.region, asked.action, asked.path(), asked.body);
    let is_kept = asked.service != "sts";
    if let Some(kept) = shared.kept.lock().expect("what is kept").get(&key).filter(|_| is_kept) {
        return kept.clone();
    }
    let mut reply = forward(asked, shared.moto).unwrap_or_default();
    if let Some(edit) = shared.edit.as_ref().filter(|_| asked.service == "rds" && reply.starts_with(b"HTTP/1.1 200")) {
        reply = fault::altered(&reply, |body| edit(asked, body));
    }
    // Another connection may have been first, and everybody is to see the same.
    let mut kept = shared.kept.lock().expect("what is kept");
    if is_kept { kept.entry(key).or_insert(reply).clone() } else { reply }
}

/// What moto answers.
pub(crate) fn forward(asked: &Asked, port: u16) -> std::io::Result<Vec<u8>> {
    let mut moto = TcpStream::connect(("127.0.0.1", port))?;
    let lines =
        asked.head.lines().filter(|line| !line.is_empty() && !line.to_ascii_lowercase().starts_with("connection:"));
    let head: String = lines.map(|line| format!("{line}\r\n")).collect();
    moto.write_all(format!("{head}connection: close\r\n\r\n{}", asked.body).as_bytes())?;
    let mut reply = Vec::new();
    moto.read_to_end(&mut reply)?;
    Ok(closing(reply))
}

/// The same reply, after which the connection ends.
fn closing(reply: Vec<u8>) -> Vec<u8> {
    let Some(at) = fault::body_at(&reply) else { return reply };
    let status =
        String::from_utf8_lossy(&reply[..at]).lines().next().unwrap_or_default().replace("HTTP/1.0", "HTTP/1.1");
    let kind = if reply[at..].first() == Some(&b'<') { "text/xml" } else { "application/json" };
    let body = &reply[at..];
    let head =
        format!("{status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

fn read(stream: &mut TcpStream) -> Option<Asked> {
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    let (mut bytes, mut block) = (Vec::new(), [0; 8192]);
    let at = loop {
        if let Some(at) = fault::body_at(&bytes) {
            break at;
        }
        match stream.read(&mut block).ok()? {
            0 => return None,
            read => bytes.extend_from_slice(&block[..read]),
        }
    };
    let head = String::from_utf8_lossy(&bytes[..at]).into_owned();
    let length: usize = header(&head, "content-length").and_then(|value| value.parse().ok()).unwrap_or(0);
    while bytes.len() < at + length {
        match stream.read(&mut block).ok()? {
            0 => return None,
            read => bytes.extend_from_slice(&block[..read]),
        }
    }
    let body = String::from_utf8_lossy(&bytes[at..]).into_owned();
    let credential = head.split("Credential=").nth(1).unwrap_or_default().to_owned();
    let scope = |at: usize| credential.split('/').nth(at).unwrap_or_default().to_owned();
    let mut asked = Asked { service: scope(3), region: scope(2), action: String::new(), head, body };
    asked.action = action(&asked);
    Some(asked)
}

fn action(asked: &Asked) -> String {
    let by_target = header(&asked.head, "x-amz-target").and_then(|target| target.rsplit('.').next().map(str::to_owned));
    let by_path = || match asked.path() {
        _ if asked.service == "s3" => "GetObject",
        path if path.contains("/recovery-points") => "ListRecoveryPointsByResource",
        path if path.starts_with("/resources") => "ListProtectedResources",
        path if path.starts_with("/restore-jobs") => "ListRestoreJobs",
        path if path.ends_with("/access-policy?") => "GetBackupVaultAccessPolicy",
        path if path.ends_with("/notification-configuration?") => "GetBackupVaultNotifications",
        path if path.starts_with("/backup-vaults/") => "ListBackupVaults",
        path if path.starts_with("/backup/plans/?") => "ListBackupPlans",
        path if path.starts_with("/backup/plans/") => "GetBackupPlan",
        path if path.starts_with("/account-settings") => "DescribeRegionSettings",
        path if path.starts_with("/detector?") => "ListDetectors",
        path if path.starts_with("/detector/") => "GetDetector",
        _ => "",
    };
    asked.parameter("Action").or(by_target).unwrap_or_else(|| by_path().to_owned())
}

fn header(head: &str, name: &str) -> Option<String> {
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    })
}
