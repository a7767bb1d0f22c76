//! Evidence: bundles that hold, bundles that somebody changed, and what other people's tools say of them.

mod bundle;
mod forged;
mod honest;
mod others;
mod redacted;
mod tampered;

use bundle::Desk;
