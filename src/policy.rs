//! Rego: loads, checks, compiles, tests and explains rules. The only room that knows regorus.
