//! Takes secrets out of a reply of the API, before anything else sees it.
//!
//! The API returns few secrets of its own accord (a pending `MasterUserPassword`, masked or not), but people put them where
//! they do not belong: tags, parameters, option settings, descriptions. What is taken out leaves [`WITHHELD`], so that
//! *set* and *not set* still differ. Rather too much is taken than too little, but for what rules read: truth values,
//! ARNs, states, and the names of things stay.

use serde_json::{Map, Value as Json};

use crate::source::terraform::{is_secret_name, may_hold_secret};

/// What stands where a secret stood.
pub const WITHHELD: &str = "(withheld)";

/// Endings of names of secrets, beside those that Terraform's attributes have: tags and fields are named more freely.
const ENDINGS: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "token",
    "credential",
    "api_key",
    "apikey",
    "access_key",
    "accesskey",
    "secret_key",
    "secretkey",
    "private_key",
    "privatekey",
    "auth_key",
    "ssh_key",
    "passcode",
    "dbpass",
    "signature",
];

/// Names of secrets that do not say so: the password of Oracle's encrypted redo logs, and what may hold that among others
/// (docs.aws.amazon.com/dms/latest/APIReference, API_OracleSettings and API_Endpoint).
const OTHERS: &[&str] = &["security_db_encryption", "extra_connection_attributes"];

/// Whole words that name secrets too; at the end of a longer word they would be another's: `compass`, `config`.
const WORDS: &[&str] = &["pass", "pw", "sig"];

/// Last words of a name that change nothing about what it names.
const SUFFIXES: &[&str] =
    &["value", "hash", "text", "plaintext", "plain", "string", "binary", "base64", "old", "new", "current", "previous"];

/// Members that name what a member beside them holds: tags, parameters, option settings, attributes.
const NAMES: &[&str] = &["key", "name", "parametername", "settingname", "optionname", "attributename", "tagkey"];

/// Those that name tags, which people name as they like: `password:prod`, `token_of_ci`.
const TAG_NAMES: &[&str] = &["key", "tagkey"];

/// Members of secret things that are no secrets: `MasterUserSecret` of an instance or a cluster.
const HARMLESS: &[&str] = &["secretarn", "secretstatus", "kmskeyid", "arn", "status"];

/// How tokens begin, by the documentation of those who give them out: GitHub ("About authentication to GitHub"), GitLab
/// ("Token overview"), Slack ("Token types"), Stripe ("API keys"), npm, PyPI, DigitalOcean, HashiCorp Vault, AWS ("IAM
/// identifiers": long-lived and temporary access key ids), Grafana, Google ("API keys"), SendGrid.
const TOKENS: &[&str] = &[
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "xoxa-",
    "xapp-",
    "sk_live_",
    "rk_live_",
    "npm_",
    "pypi-",
    "dop_v1_",
    "hvs.",
    "AKIA",
    "ASIA",
    "glsa_",
    "xoxe.",
    "AIza",
    "SG.",
];

/// Takes the secrets out of an object of a reply.
pub fn redact(value: &mut Json) {
    match value {
        Json::Object(fields) => object(fields),
        Json::Array(items) => items.iter_mut().for_each(redact),
        Json::String(text) if holds_secret(text) => WITHHELD.clone_into(text),
        _ => {}
    }
}

fn object(fields: &mut Map<String, Json>) {
    let names_secret = fields.iter().any(|(name, named)| {
        let is = |known: &&str| name.eq_ignore_ascii_case(known);
        let tells = |named| is_secret(named) || (TAG_NAMES.iter().any(is) && tells_of_secret(named));
        NAMES.iter().any(is) && named.as_str().is_some_and(tells)
    });
    for (name, value) in fields {
        let holds_value = || {
            let name = name.to_ascii_lowercase();
            name.ends_with("value") || name.ends_with("values")
        };
        if is_secret(name) || (names_secret && holds_value()) { withhold(value) } else { redact(value) }
    }
}

/// Takes out whatever stands under the name of a secret.
fn withhold(value: &mut Json) {
    match value {
        Json::Object(fields) => {
            for (name, value) in fields {
                let is_harmless = HARMLESS.iter().any(|known| name.eq_ignore_ascii_case(known));
                if is_harmless { redact(value) } else { withhold(value) }
            }
        }
        Json::Array(items) => items.iter_mut().for_each(withhold),
        Json::String(text) if is_truth_value(text) => {}
        Json::String(_) | Json::Number(_) => *value = WITHHELD.into(),
        Json::Null | Json::Bool(_) => {}
    }
}

/// `disconnect_on_expired_password = ON` is a setting. Nobody's password is as short.
fn is_truth_value(text: &str) -> bool {
    let words = ["", "0", "1", "on", "off", "true", "false", "yes", "no"];
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Whether a field, tag or parameter of that name holds a secret: `MasterUserPassword`, `ci-token`, `DB_PASSWORD_OLD`.
fn is_secret(name: &str) -> bool {
    if name.len() > 256 || !name.chars().any(char::is_alphabetic) {
        return false;
    }
    let snake = snake_case(name);
    let mut words = snake.trim_matches('_');
    loop {
        let singular = words.strip_suffix('s').unwrap_or(words);
        let ends = |word: &str| ENDINGS.iter().any(|ending| word.ends_with(ending));
        let last_word = words.rsplit('_').next().unwrap_or_default();
        let is_other = OTHERS.contains(&words);
        if is_other || is_secret_name(words) || ends(words) || ends(singular) || WORDS.contains(&last_word) {
            return true;
        }
        let Some((rest, last)) = words.rsplit_once('_') else { return false };
        let is_suffix = SUFFIXES.contains(&last) || last.bytes().all(|byte| byte.is_ascii_digit());
        if !is_suffix {
            return false;
        }
        words = rest;
    }
}

/// Whether a name has the word for a secret anywhere in it, not only where it says what it names. Parameters are not asked
/// so: `password_encryption` is no secret.
fn tells_of_secret(name: &str) -> bool {
    if name.len() > 256 {
        return false;
    }
    let words = format!("_{}_", snake_case(name));
    let has = |word: &&str| words.contains(&format!("_{word}_")) || words.contains(&format!("_{word}s_"));
    ENDINGS.iter().chain(WORDS).any(has)
}

/// `MasterUserPassword`, `ci-token` and `APIKey` as `master_user_password`, `ci_token` and `api_key`.
fn snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 8);
    let mut characters = name.chars().peekable();
    let mut before = None;
    while let Some(c) = characters.next() {
        let begins_word = c.is_ascii_uppercase()
            && before.is_some_and(|before: char| {
                let ends_acronym =
                    before.is_ascii_uppercase() && characters.peek().is_some_and(char::is_ascii_lowercase);
                before.is_ascii_lowercase() || before.is_ascii_digit() || ends_acronym
            });
        if begins_word {
            snake.push('_');
        }
        snake.push(if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' });
        before = Some(c);
    }
    snake
}

/// What stands in texts that are secrets as a whole: a private key, an address to which whoever knows it may write
/// (docs.slack.dev, "Sending messages using incoming webhooks").
const KNOWN: &[&str] = &["PRIVATE KEY-----", "hooks.slack.com/services/"];

/// Whether a text, whatever its name, holds a secret: an address with a password, `password=…`, a token.
fn holds_secret(text: &str) -> bool {
    text.lines().any(may_hold_secret)
        || has_assignment(text)
        || has_token(text)
        || text.split_whitespace().any(is_login)
        || KNOWN.iter().any(|known| text.contains(known))
}

/// `…;Password=hunter2;…`, `?token=…`, `pwd: hunter2`, `--password hunter2`.
fn has_assignment(text: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let is_quote = |c: char| c == '"' || c == '\'' || c == ' ';
    let mut rest = text;
    while let Some(at) = rest.find(['=', ':']) {
        let (before, after) = rest.split_at(at);
        let value = after.get(1..).unwrap_or_default();
        // What a colon joins without a space is one name: the ARN of a secret.
        if after.starts_with('=') || value.starts_with(is_quote) {
            let name = before.trim_end_matches(is_quote).rsplit(|c| !is_word(c)).next().unwrap_or_default();
            let given = value.trim_start_matches(is_quote).split([' ', ';', '&', ',', '"', '\'']).next();
            if !name.is_empty() && is_secret(name) && !given.is_none_or(is_truth_value) {
                return true;
            }
        }
        rest = value;
    }
    text.split_whitespace().any(|word| word.starts_with("--") && is_secret(word) && !word.contains('='))
}

/// `admin:hunter2@db.example.com`, with or without a scheme. The ARN of a session may end in an address of mail, and is none.
fn is_login(word: &str) -> bool {
    let of_names = ["arn:", "mailto:"];
    let login = word.rsplit_once('@').and_then(|(login, host)| (!host.is_empty()).then_some(login));
    let login = login.filter(|login| !of_names.iter().any(|prefix| login.starts_with(prefix)));
    login
        .and_then(|login| login.split_once(':'))
        .is_some_and(|(user, password)| !user.is_empty() && !password.is_empty())
}

fn has_token(text: &str) -> bool {
    let is_token = |word: &str| {
        let begins = |prefix: &&str| word.strip_prefix(*prefix).is_some_and(|rest| rest.len() >= 12);
        // RFC 7519, section 3: a JSON object in base64url, twice, and a signature.
        let is_jwt = || word.starts_with("eyJ") && word.split('.').filter(|part| part.len() >= 8).count() == 3;
        TOKENS.iter().any(begins) || is_jwt()
    };
    let is_part = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    // RFC 6750, section 2.1; without a digit it is prose.
    let is_bearer = |rest: &str| {
        let token = rest.split(|c| !is_part(c)).next().unwrap_or_default();
        token.len() >= 12 && token.bytes().any(|byte| byte.is_ascii_digit())
    };
    text.split(|c| !is_part(c)).any(is_token) || text.split("Bearer ").skip(1).any(is_bearer)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    const CANARY: &str = "c4nary-0f-b1lling";

    fn redacted(mut value: Json) -> Json {
        redact(&mut value);
        value
    }

    #[test]
    fn a_pending_password_leaves_its_presence_only() {
        for password in ["****", CANARY] {
            let value = redacted(json!({"PendingModifiedValues": {"MasterUserPassword": password, "MultiAZ": true}}));
            assert_eq!(value, json!({"PendingModifiedValues": {"MasterUserPassword": WITHHELD, "MultiAZ": true}}));
        }
    }

    #[test]
    fn what_rules_read_stays() {
        let value = json!({
            "DBInstanceIdentifier": "token-service",
            "DBInstanceArn": "arn:aws:rds:eu-west-1:111122223333:db:token-service",
            "MasterUserSecret": {
                "SecretArn": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!db-1-AbCdEf",
                "SecretStatus": "active",
                "KmsKeyId": "arn:aws:kms:eu-west-1:111122223333:key/1",
            },
            "MasterUsername": "admin",
            "IAMDatabaseAuthenticationEnabled": true,
            "ManageMasterUserPassword": true,
            "Auth": [{"AuthScheme": "SECRETS", "SecretArn": "arn:aws:secretsmanager:r:1:secret:app", "ClientPasswordAuthType": "POSTGRES_SCRAM_SHA_256"}],
            "TagList": [
                {"Key": "owner", "Value": "team=payments"},
                {"Key": "Name", "Value": "secret"},
                {"Key": "created-by", "Value": "arn:aws:sts::111122223333:assumed-role/ops/jane@example.com"},
                {"Key": "compass", "Value": "the payments team, arn:aws:secretsmanager:r:1:secret:app"},
            ],
            "Parameters": [
                {"ParameterName": "password_encryption", "ParameterValue": "scram-sha-256"},
                {"ParameterName": "disconnect_on_expired_password", "ParameterValue": "ON"},
                {"ParameterName": "rds.force_ssl", "ParameterValue": "1", "Description": "Force SSL connections."},
                {"ParameterName": "shared_buffers", "ParameterValue": "{DBInstanceClassMemory/32768}"},
            ],
            "OptionSettings": [{"Name": "SQLNET.ENCRYPTION_SERVER", "Value": "REQUIRED", "DefaultValue": "REQUESTED"}],
            "SecretList": [{"Name": "app/db-password", "RotationEnabled": true, "SecretVersionsToStages": {"v": ["AWSCURRENT"]}}],
            "LatestRestorableTime": "2026-11-22T01:00:00Z",
            "Endpoint": {"Address": "db.abc.eu-west-1.rds.amazonaws.com", "Port": 5432},
        });
        assert_eq!(redacted(value.clone()), value);
    }

    #[test]
    fn secrets_where_they_do_not_belong_are_gone() {
        let pair = |name: &str, named: &str, value: &str| json!({name: named, value: CANARY});
        for value in [
            pair("Key", "ci-token", "Value"),
            pair("Key", "DB_PASSWORD", "Value"),
            pair("Key", "apiKey", "Value"),
            pair("key", "app:secret", "value"),
            pair("ParameterName", "replication_password", "ParameterValue"),
            pair("Name", "AGENT_REGISTRATION_PASSWORD", "Value"),
            pair("Name", "AGENT_REGISTRATION_PASSWORD", "DefaultValue"),
            pair("Key", "password:prod", "Value"),
            pair("Key", "DB_PASSWORD_PROD", "Value"),
            pair("Key", "token_of_ci", "Value"),
            pair("TagKey", "TokenGithub", "TagValue"),
            pair("Key", "db-pass", "Value"),
            json!({"tags": {"db-password": CANARY}}),
            json!({"SecretString": CANARY, "SecretBinary": CANARY}),
            json!({"Credentials": {"AccessKeyId": CANARY, "SessionToken": CANARY}}),
            json!({"MasterUserSecret": {"SecretString": CANARY}, "Passwords": [CANARY], "PIN": {"NewPassword": {"x": CANARY}}}),
            json!({"OracleSettings": {"SecurityDbEncryption": CANARY, "AsmPassword": CANARY}}),
            json!({"ExtraConnectionAttributes": format!("useLogMinerReader=N;securityDbEncryption={CANARY}")}),
            json!({"Description": format!("password: {CANARY}")}),
            json!({"Description": format!("first line\npassword = \"{CANARY}\"")}),
            json!({"Description": format!("jdbc:sqlserver://h;user=a;password={CANARY};x=1")}),
            json!({"Description": format!("postgres://admin:{CANARY}@h/db")}),
            json!({"Description": format!("log in as admin:{CANARY}@db.example.com")}),
            json!({"PreSignedUrl": format!("https://h/?X-Amz-Signature={CANARY}&x=1")}),
            json!({"DBInstanceArn": format!("arn:aws:rds:r:1:db:x?token={CANARY}")}),
            json!({"Value": format!("mysql --password {CANARY}")}),
            json!({"Value": format!("pwd: {CANARY}")}),
            json!({"Value": format!("password = {CANARY}")}),
            json!({"Value": format!("{{'pass':'{CANARY}'}}")}),
            json!({"Value": format!("Authorization: Bearer {CANARY}")}),
            json!({"Value": format!("https://hooks.slack.com/services/T0/B0/{CANARY}")}),
            json!({"Value": format!("https://h/?sv=1&sig={CANARY}")}),
            json!({"Value": format!("ghp_{CANARY}")}),
            json!({"Value": format!("eyJhbGciOiJI.{CANARY}.c2lnbmF0dXJl")}),
            json!({"Value": format!("-----BEGIN RSA PRIVATE KEY-----\n{CANARY}")}),
        ] {
            let text = redacted(value.clone()).to_string();
            assert!(!text.contains(CANARY) && text.contains(WITHHELD), "{value}: {text}");
        }
    }

    #[test]
    fn numbers_that_are_secrets_go_and_truth_values_stay() {
        let value = redacted(json!({"Password": 12345678, "ManagePassword": true, "NoPassword": null, "Token": "off"}));
        assert_eq!(value, json!({"Password": WITHHELD, "ManagePassword": true, "NoPassword": null, "Token": "off"}));
    }

    /// Some value with a hole, and what it is called.
    fn nested(name: String, secret: Json) -> impl Strategy<Value = Json> {
        let wrap = |inner: Json| {
            prop_oneof![
                Just(json!({"Settings": inner.clone()})),
                Just(json!([inner.clone(), {"Engine": "mysql"}])),
                Just(json!({"A": [inner], "MultiAZ": true})),
            ]
        };
        Just(json!({ name: secret })).prop_flat_map(wrap).prop_flat_map(wrap)
    }

    fn secret_name() -> impl Strategy<Value = String> {
        let word = "(Master|master_|ci-|DB_|Old|my\\.|X|)(User|app_|)";
        let kind = prop::sample::select(vec![
            "Password",
            "password",
            "PASSWORD",
            "Secret",
            "_secret",
            "-token",
            "Token",
            "ApiKey",
            "api_key",
            "api-key",
            "PrivateKey",
            "AccessKey",
            "SecretString",
            "secret_binary",
            "Passphrase",
            "ConnectionString",
            "Credentials",
        ]);
        let end = prop::sample::select(vec!["", "", "Value", "_old", "-1", "Hash"]);
        (word, kind, end).prop_map(|(word, kind, end)| format!("{word}{kind}{end}"))
    }

    proptest! {
        #[test]
        fn a_secret_in_any_field_whose_name_says_so_is_gone(
            value in secret_name().prop_flat_map(|name| {
                let leaf = prop_oneof![
                    Just(json!(CANARY)), Just(json!([CANARY])), Just(json!({"Inner": {"Value": CANARY}})),
                ];
                leaf.prop_flat_map(move |leaf| nested(name.clone(), leaf))
            })
        ) {
            prop_assert!(!redacted(value.clone()).to_string().contains(CANARY), "{}", value);
        }

        #[test]
        fn redacting_twice_is_redacting_once(name in "[A-Za-z_=:; -]{0,20}", text in "[ -~]{0,40}") {
            let once = redacted(json!({"Key": name.clone(), "Value": text.clone(), name: text}));
            prop_assert_eq!(redacted(once.clone()), once);
        }
    }
}
