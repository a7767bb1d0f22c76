//! One moto server for all tests of a run, seeded by `server.py`.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;

use crate::integration::command::root;

/// Where the server is, and what is in it.
pub(crate) struct Moto {
    pub(crate) port: u16,
    /// The account of the credentials, and the one that is reached by a role.
    pub(crate) accounts: [String; 2],
    /// What botocore reads in the own account in eu-west-1, by call.
    pub(crate) said: Value,
    // The server ends when its standard input does, that is with this process.
    _child: Child,
}

/// The server; `None`, said loudly, where it is not installed (`./run-tests` installs it).
pub(crate) fn moto() -> Option<&'static Moto> {
    static MOTO: OnceLock<Option<Moto>> = OnceLock::new();
    MOTO.get_or_init(another).as_ref()
}

/// A server of one's own, with the same fleet, for a test that changes what is in it.
pub(crate) fn another() -> Option<Moto> {
    let python = root().join("target/moto/bin/python");
    if !python.exists() {
        eprintln!(
            "SKIPPED: moto is not in target/moto, so nothing was collected from a server; ./run-tests installs it"
        );
        return None;
    }
    let mut child = Command::new(python)
        .arg(root().join("tests/integration/collect/server.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("python starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("a line");
    let said: Value = serde_json::from_str(&line).expect("the server says where it is");
    let account = |at: usize| said["accounts"][at].as_str().expect("an account").to_owned();
    let port = u16::try_from(said["port"].as_u64().expect("a port")).expect("a port");
    Some(Moto { port, accounts: [account(0), account(1)], said: said["said"].clone(), _child: child })
}
