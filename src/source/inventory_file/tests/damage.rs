//! Files that were cut, changed, or are something else.

use sha2::Digest as _;

use super::*;
use crate::source::Problem;

fn problem(bytes: &[u8]) -> Problem {
    read_bytes(bytes).expect_err("it is refused").problem
}

/// Lines with digests that fit, whatever they say: `SHA` stands for the digest of what is before its line.
fn digested(text: &str) -> Vec<u8> {
    text.lines().fold(Vec::new(), |mut file, line| {
        let sha256 = crate::source::hexadecimal(&sha2::Sha256::digest(&file));
        file.extend_from_slice(line.replace("SHA", &sha256).as_bytes());
        file.push(b'\n');
        file
    })
}

const GOOD: &str = r#"{"inventory":{"version":1,"tool":"dbkeel 0.1.0","provider":"aws","source":"aws","started_at":"t","request":{}}}
{"scope":{"account":"1","region":"a","collected_at":"t"}}
{"call":"rds:DescribeDBClusters","requests":1,"items":1,"status":{"is":"complete"}}
{"item":"rds:DescribeDBClusters","value":{}}
{"item":"rds:DescribeDBInstances","value":{}}
{"end":{"items":2,"sha256":"SHA"}}
{"manifest":{"scopes":[{"account":"1","region":"a"}],"missing":[],"items":2,"requests":1,"finished_at":"t"}}
{"seal":{"sha256":"SHA"}}
"#;

#[test]
fn a_file_that_was_cut_anywhere_is_refused() {
    let whole = bytes();
    for end in 0..whole.len() {
        match problem(&whole[..end]) {
            Problem::NotInventory { .. } => assert!(!whole[..end].contains(&b'\n')),
            Problem::Unsealed { scopes } => {
                let ends = whole[..end].split_inclusive(|byte| *byte == b'\n');
                assert_eq!(scopes, ends.filter(|line| line.starts_with(b"{\"end\"") && line.ends_with(b"\n")).count());
            }
            other => panic!("cut at {end}: {other}"),
        }
    }
}

#[test]
fn a_compressed_file_that_was_cut_anywhere_is_refused() {
    let (_folder, path) = sealed("i.jsonl.zst", &fleet(), &manifest());
    let whole = fs::read(path).unwrap();
    for end in 0..whole.len() {
        assert!(
            matches!(problem(&whole[..end]), Problem::NotInventory { .. } | Problem::Unsealed { .. }),
            "cut at {end}"
        );
    }
}

#[test]
fn a_file_of_which_one_byte_was_changed_is_refused() {
    let whole = bytes();
    for place in 0..whole.len() {
        for bit in [1, 0x20] {
            let mut changed = whole.clone();
            changed[place] ^= bit;
            assert!(read_bytes(&changed).is_err(), "byte {place}");
        }
    }
}

#[test]
fn a_line_less_or_twice_or_elsewhere_is_refused() {
    let whole = bytes();
    let lines: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
    for number in 0..lines.len() {
        let mut without = lines.clone();
        without.remove(number);
        assert!(read_bytes(&without.concat()).is_err(), "without line {number}");
        let mut twice = lines.clone();
        twice.insert(number, lines[number]);
        assert!(read_bytes(&twice.concat()).is_err(), "line {number} twice");
        if let Some(next) = lines.get(number + 1).filter(|next| **next != lines[number]) {
            let mut swapped = lines.clone();
            (swapped[number], swapped[number + 1]) = (next, lines[number]);
            assert!(read_bytes(&swapped.concat()).is_err(), "line {number} and the next");
        }
    }
    assert!(read_bytes(&[&whole[..], b"\n"].concat()).is_err());
    assert!(read_bytes(&[&whole[..], b" "].concat()).is_err());
    assert!(read_bytes(&[&whole[..], &whole[..]].concat()).is_err());
}

#[test]
fn a_file_whose_digests_fit_must_make_sense_too() {
    assert!(read_bytes(&digested(GOOD)).is_ok());
    let swapped_items = GOOD.replace("\"item\":\"rds:DescribeDBClusters\"", "\"item\":\"X\"");
    let swapped_items = swapped_items.replace("rds:DescribeDBInstances", "rds:DescribeDBClusters");
    for text in [
        GOOD.replace("\"items\":2,\"sha", "\"items\":3,\"sha"),
        GOOD.replace("\"items\":2,\"req", "\"items\":3,\"req"),
        GOOD.replace("\"requests\":1,\"f", "\"requests\":2,\"f"),
        GOOD.replace("[{\"account\":\"1\",\"region\":\"a\"}]", "[]"),
        GOOD.replace("[{\"account\":\"1\",\"region\":\"a\"}]", "[{\"account\":\"2\",\"region\":\"a\"}]"),
        GOOD.replace("rds:DescribeDBInstances", "rds:DeleteDBInstance"),
        swapped_items.replace("\"item\":\"X\"", "\"item\":\"rds:DescribeDBInstances\""),
        GOOD.replace("{\"is\":\"complete\"}", "{\"is\":\"well\"}"),
        GOOD.replace("\"value\":{}", "\"value\":{},\"more\":1"),
        GOOD.replace("\"provider\":\"aws\"", "\"provider\":\"acme\""),
        GOOD.replace("\"request\":{}", "\"request\":{},\"more\":1"),
    ] {
        assert_ne!(text, GOOD);
        assert!(read_bytes(&digested(&text)).is_err(), "{text}");
    }
}

#[test]
fn each_sort_of_damage_has_its_message_place_and_remedy() {
    let whole = String::from_utf8(bytes()).unwrap();
    let message = |bytes: &[u8]| {
        let error = read_bytes(bytes).expect_err("it is refused");
        let help = error.problem.help().into_owned();
        format!("{error}\n  help: {help}")
    };
    let messages = [
        message(b""),
        message(b"{\"format_version\":\"1.2\"}\n"),
        message(b"\xff\xfe\x00\n"),
        message(&whole.as_bytes()[..9]),
        message(whole.replace("\"version\":1", "\"version\":2").as_bytes()),
        message(&whole.as_bytes()[..whole.len() - 4]),
        message(whole.replace("db-1", "db-9").as_bytes()),
        message(whole.replace("\"MultiAZ\":true", "\"MultiAZ\":hunter2").as_bytes()),
        message(whole.replace("rds:DescribeDBInstances", "rds:DescribeDBTenants").as_bytes()),
        message(whole.replace("2026-11-22T01:30", "2026-11-22T01:31").as_bytes()),
        message([whole.as_str(), "{}\n"].concat().as_bytes()),
    ];
    let messages = messages.join("\n");
    assert!(!messages.contains("hunter2"));
    insta::assert_snapshot!(messages);
}

#[test]
fn the_digests_are_those_of_sha256sum() {
    let whole = bytes();
    let end = whole[..whole.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
    let sha256 = crate::source::hexadecimal(&sha2::Sha256::digest(&whole[..end]));
    assert!(String::from_utf8_lossy(&whole[end..]).contains(&*sha256));
    let (info, _) = read_bytes(&whole).unwrap();
    assert_eq!(info.source.sha256, Some(crate::source::hexadecimal(&sha2::Sha256::digest(&whole))));
    assert_eq!(info.source.tool_version.as_deref(), Some("0.1.0"));
}
