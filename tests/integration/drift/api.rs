//! Changes to what runs, made as somebody at the console would: through the provider's API.

use crate::integration::collect::{Asked, Moto, forward};

/// Whose databases: those of the credentials, or those of the account that a role reaches.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Account {
    Own,
    Other,
}

/// The API of the server, without the proxy.
pub(super) struct Api {
    port: u16,
    keys: [String; 2],
}

impl Api {
    pub(super) fn new(moto: &Moto) -> Self {
        let own = "AKIAIOSFODNN7EXAMPLE".to_owned();
        let role = format!("arn:aws:iam::{}:role/DbkeelReadOnly", moto.accounts[1]);
        let asked =
            request(&own, "us-east-1", "sts", "AssumeRole", &[("RoleArn", &role), ("RoleSessionName", "drift")]);
        let reply = send(&asked, moto.port);
        let key =
            reply.split("<AccessKeyId>").nth(1).and_then(|rest| rest.split('<').next()).expect("keys of the role");
        Self { port: moto.port, keys: [own, key.to_owned()] }
    }

    /// A call of RDS that must succeed.
    pub(super) fn call(&self, account: Account, region: &str, action: &str, parameters: &[(&str, &str)]) {
        let asked = request(&self.keys[account as usize], region, "rds", action, parameters);
        send(&asked, self.port);
    }
}

fn request(key: &str, region: &str, service: &str, action: &str, parameters: &[(&str, &str)]) -> Asked {
    let version = if service == "sts" { "2011-06-15" } else { "2014-10-31" };
    let mut form = form_urlencoded::Serializer::new(String::new());
    let body = form.append_pair("Action", action).append_pair("Version", version).extend_pairs(parameters).finish();
    let scope = format!("{key}/20261122/{region}/{service}/aws4_request");
    let head = format!(
        "POST / HTTP/1.1\r\nhost: {service}.{region}.amazonaws.com\r\n\
         authorization: AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    Asked { service: service.into(), region: region.into(), action: action.into(), head, body }
}

fn send(asked: &Asked, port: u16) -> String {
    let reply = forward(asked, port).expect("the server answers");
    let reply = String::from_utf8_lossy(&reply).into_owned();
    assert!(reply.starts_with("HTTP/1.1 200"), "{} in {}: {reply}", asked.body, asked.region);
    reply
}
