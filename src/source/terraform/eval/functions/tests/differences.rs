//! Where functions answer something else than Terraform, and why.

/// A reason, and the recorded expressions that differ for it.
pub(crate) const DIFFERENCES: &[(&str, &[&str])] = &[
    (
        "infinity is an error: no setting of a database has use for it",
        &["log(0, 10)", "log(10, 1)", "pow(10, 1000)", "tonumber(\"inf\")", "yamldecode(\"[.inf, -.inf]\")"],
    ),
    ("there is no negative zero", &["jsondecode(\"-0\")", "tonumber(\"-0\")"]),
    ("logarithms may differ in the last of 53 bits: Go and Rust each have their own", &["log(7, 3)"]),
    (
        "a null has no type here; Terraform gives up on one that is written out, and treats the typed ones of variables so",
        &[
            "format(\"%d\", null)",
            "format(\"%s\", null)",
            "format(\"%v\", null)",
            "format(\"%#v\", null)",
            "format(\"%q\", null)",
            "formatlist(\"%s\", null)",
        ],
    ),
    ("a width that Go itself cannot take is an error, not its complaint as a text", &["format(\"%1000000000d\", 1)"]),
    (
        "an unknown key may yet match, so what is found is unknown; Terraform says that it does not",
        &["matchkeys([\"a\"], [\"x\"], [terraform_data.u.id])"],
    ),
    (
        "which bytes come out of compression depends on who compresses",
        &["base64gzip(\"test\")", "base64gzip(\"\")", "length(base64gzip(\"hello hello hello\"))"],
    ),
    (
        "the value is a new one each time, so even its length is left unknown",
        &["length(bcrypt(\"hello\", 4))", "length(uuid())"],
    ),
    ("private keys are not read", &["rsadecrypt(\"x\", \"y\")", "rsadecrypt(\"eA==\", \"not a key\")"]),
    ("IBM's character sets are not at hand, so the result is unknown", &["textencodebase64(\"A\", \"cp437\")"]),
    ("years have four digits", &["timeadd(\"9999-12-31T23:59:59Z\", \"1h\")"]),
    (
        "what lies outside of the block is an error; Terraform calculates an address of another one",
        &[
            "cidrhost(\"fd00::/64\", 18446744073709551616)",
            "cidrsubnet(\"10.1.2.0/24\", -1, 0)",
            "cidrsubnet(\"10.1.2.0/24\", 4, -1)",
        ],
    ),
    ("Terraform mistakes an IPv4 address that is written as one of IPv6", &["cidrhost(\"::ffff:10.0.0.0/104\", 1)"]),
    ("an empty map has no type of elements here, so it fits any map", &["merge(tomap({a = \"1\"}), tomap({}))"]),
    ("a null fits any type here, objects too", &["tolist([{a = 1}, null])"]),
    (
        "the whole of the address space is a block like others",
        &["cidrsubnets(\"0.0.0.0/0\", 1, 1)", "cidrsubnets(\"::/0\", 1, 1)"],
    ),
    (
        "a version of YAML may be named, though not every one is Terraform's",
        &["yamldecode(\"%YAML 1.2\\n---\\na: 1\\n...\\n\")"],
    ),
    ("a key of several lines is the same YAML in another layout", &["yamlencode({\"multi\\nline\" = 1})"]),
    (
        "functions of providers are unknown; the console had no provider declared",
        &["provider::terraform::encode_tfvars({a = 1})", "provider::terraform::encode_expr([1, \"a\"])"],
    ),
];
