//! What other people's tools say of a bundle: the commands of `docs/evidence.md`, as they stand there.

use std::fs;
use std::process::{Command, Output};

use super::Desk;
use super::bundle::of_project;
use crate::integration::inputs::SAMPLE;

/// A folder as the page assumes it: two nights under `evidence`, keys beside it, and a home with an SSH key.
fn as_the_page_has_it() -> Desk {
    let desk = Desk::new();
    fs::create_dir_all(desk.path("evidence")).expect("made");
    fs::create_dir_all(desk.path(".ssh")).expect("made");
    let (signer, _) = desk.keys("signer");
    desk.pack_at("2026-11-21", "evidence/2026-11-21", SAMPLE, &[]).judged();
    let words = ["--previous", &desk.text("evidence/2026-11-21"), "--sign-key", &signer, "--dsse"];
    desk.pack("evidence/2026-11-22", SAMPLE, &words).judged();
    desk
}

/// The block of the page that has a name.
fn block(name: &str) -> String {
    let page = fs::read_to_string(of_project("docs/evidence.md")).expect("there");
    let mark = format!("<!-- run: {name} -->\n```sh\n");
    let (_, rest) = page.split_once(&mark).unwrap_or_else(|| panic!("the page has no block `{name}`"));
    rest.split_once("```").expect("an end").0.to_owned()
}

/// Runs a block of the page as somebody who copies it does.
fn run(desk: &Desk, name: &str) -> Output {
    let script = format!("set -eo pipefail\n{}", block(name).replace("/tmp/", "$HOME/"));
    let ran = Command::new("bash").args(["-c", &script]).current_dir(desk.path("")).env("HOME", desk.path("")).output();
    ran.expect("bash starts")
}

fn holds(desk: &Desk, name: &str) -> String {
    let ran = run(desk, name);
    let text = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success(), "{name}: {text}");
    text
}

fn fails(desk: &Desk, name: &str) {
    assert!(!run(desk, name).status.success(), "{name} does not fail");
}

fn is_here(program: &str) -> bool {
    let found = Command::new(program).arg("--help").output().is_ok();
    if !found {
        eprintln!("SKIPPED: `{program}` is not here, so no bundle was verified with it");
    }
    found
}

#[test]
fn every_block_of_the_page_is_run() {
    let page = fs::read_to_string(of_project("docs/evidence.md")).expect("there");
    let blocks: Vec<&str> =
        page.split("<!-- run: ").skip(1).filter_map(|rest| rest.split_once(" -->")).map(|(name, _)| name).collect();
    let run =
        ["digests", "files", "openssl", "dsse", "chain", "ssh-sign", "ssh-verify", "minisign", "ts-query", "ts-verify"];
    assert_eq!(blocks, run);
    assert_eq!(page.matches("```sh\n").count(), run.len(), "a block without a name is run by nobody");
}

#[test]
fn sha256sum_and_find_see_what_was_changed_added_or_lost() {
    let desk = as_the_page_has_it();
    assert_eq!((holds(&desk, "digests").as_str(), holds(&desk, "files").as_str()), ("", ""));
    holds(&desk, "chain");
    for extra in ["extra", "SHA256SUMS.waivers.yaml", "SHA256SUMS.d/x", "reports/SHA256SUMS"] {
        let place = desk.path("evidence/2026-11-22").join(extra);
        fs::create_dir_all(place.parent().expect("a folder")).expect("made");
        fs::write(&place, "x").expect("written");
        fails(&desk, "files");
        fs::remove_file(place).expect("removed");
    }
    for signature in ["sig", "sshsig", "minisig", "tsq", "tsr"] {
        let place = desk.path(&format!("evidence/2026-11-22/SHA256SUMS.{signature}"));
        let before = fs::read(&place).ok();
        fs::write(&place, "x").expect("written");
        assert_eq!(holds(&desk, "files"), "", "{signature}");
        match before {
            Some(bytes) => fs::write(place, bytes).expect("written"),
            None => fs::remove_file(place).expect("removed"),
        }
    }
    desk.edit("evidence/2026-11-22/results.json", "\"verdict\":\"fail\"", "\"verdict\":\"pass\"");
    fails(&desk, "digests");
    desk.reseal("evidence/2026-11-22");
    assert_eq!((holds(&desk, "digests").as_str(), holds(&desk, "files").as_str()), ("", ""));
    fails(&desk, "openssl");
    fails(&desk, "dsse");
    desk.edit("evidence/2026-11-21/reports/report.txt", "r", "R");
    desk.reseal("evidence/2026-11-21");
    fails(&desk, "chain");
}

#[test]
fn openssl_verifies_the_signature_and_the_envelope() {
    let desk = as_the_page_has_it();
    assert!(holds(&desk, "openssl").contains("Signature Verified Successfully"));
    assert!(holds(&desk, "dsse").contains("Signature Verified Successfully"));
    let (_, _) = desk.keys("signer");
    fails(&desk, "openssl");
    fails(&desk, "dsse");
}

#[test]
fn ssh_keygen_signs_and_verifies() {
    if !is_here("ssh-keygen") {
        return;
    }
    let desk = as_the_page_has_it();
    desk.run("ssh-keygen", &["-q", "-t", "ed25519", "-N", "", "-C", "packer", "-f", &desk.text(".ssh/id_ed25519")]);
    // `ssh-keygen` takes `~` from the user database, the shell from HOME; the shell expands it here.
    holds(&desk, "ssh-sign");
    assert!(holds(&desk, "ssh-verify").contains("Good \"dbkeel-evidence\" signature for packer@example.com"));
    desk.verified(&["evidence/2026-11-22"]);
    desk.edit("evidence/2026-11-22/SHA256SUMS", "a", "b");
    fails(&desk, "ssh-verify");
}

#[test]
fn minisign_signs_and_verifies() {
    if !is_here("minisign") {
        return;
    }
    let desk = as_the_page_has_it();
    desk.run("minisign", &["-G", "-W", "-p", "minisign.pub", "-s", "minisign.key"]);
    assert!(holds(&desk, "minisign").contains("Signature and comment signature verified"));
    desk.verified(&["evidence/2026-11-22"]);
    let verify = block("minisign").replace("minisign -S", "true -S");
    desk.edit("evidence/2026-11-22/SHA256SUMS", "a", "b");
    let ran = Command::new("bash").args(["-ec", &verify]).current_dir(desk.path("")).output().expect("bash starts");
    assert!(!ran.status.success());
}

#[test]
fn a_time_stamp_over_the_digests_verifies() {
    let desk = as_the_page_has_it();
    holds(&desk, "ts-query");
    // An authority of our own, in the place of one that the user knows.
    desk.put(
        "tsa.cnf",
        "[tsa]\ndefault_tsa = t\n[t]\nserial = serial\nsigner_cert = tsa.pem\nsigner_key = tsa.key\ncerts = tsa-ca.pem\n\
         signer_digest = sha256\ndefault_policy = 1.2.3.4\ndigests = sha256\nordering = yes\n[ext]\n\
         extendedKeyUsage = critical,timeStamping\nkeyUsage = critical,digitalSignature\n[req]\ndistinguished_name = dn\n[dn]\n",
    );
    desk.put("serial", "01\n");
    let openssl = |words: &str| desk.run("openssl", &words.split(' ').collect::<Vec<_>>());
    openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out tsa-ca.pem -subj /CN=authority -days 3650");
    openssl("req -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr -subj /CN=stamps -config tsa.cnf");
    openssl(
        "x509 -req -in tsa.csr -CA tsa-ca.pem -CAkey ca.key -CAcreateserial -out tsa.pem -days 3650 -extfile tsa.cnf -extensions ext",
    );
    let night = "evidence/2026-11-22/SHA256SUMS";
    openssl(&format!("ts -reply -config tsa.cnf -queryfile {night}.tsq -out {night}.tsr"));
    assert!(holds(&desk, "ts-verify").contains("Verification: OK"));
    desk.verified(&["evidence/2026-11-22"]);
    desk.edit(night, "a", "b");
    fails(&desk, "ts-verify");
}
