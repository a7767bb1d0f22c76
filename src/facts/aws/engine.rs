//! What engines have and have not.

use crate::facts::mapping::Derived;
use crate::facts::version;
use crate::facts::view::{Attr, Constant, INHERITED, Inherits, View, integer, lower, text};
use crate::model::{FactState, Kind, SetBy, Text, Unknown, Value};

/// Whether an engine keeps its storage in a cluster that its members share.
pub(super) fn is_clustered(engine: &str) -> bool {
    engine == "aurora" || engine.starts_with("aurora-") || engine == "docdb" || engine == "neptune"
}

/// An instance of such an engine is a member, whatever resource type declares it.
pub(super) fn instance_kind(view: &View<'_>) -> Kind {
    match known(view) {
        Some(engine) if is_clustered(&engine) => Kind::ClusterMember,
        _ => Kind::Instance,
    }
}

/// The known engine, lower case.
pub(super) fn known(view: &View<'_>) -> Option<String> {
    view.text("engine").map(str::to_lowercase)
}

/// Whether a cluster is a Multi-AZ DB cluster of RDS (engine `mysql` or `postgres`) rather than Aurora; `None` when the
/// engine is not known.
pub(super) fn is_multi_az_cluster(view: &View<'_>) -> Option<bool> {
    known(view).map(|engine| !is_clustered(&engine))
}

/// The major version, from `engine` and `engine_version`.
pub(super) fn major_version(view: &View<'_>) -> Derived {
    major_of(lower("engine").inherited().state(view).0, text("engine_version").inherited().state(view))
}

/// The major version, where the engine is read in its type's own way.
pub(super) fn major_of_engine(view: &View<'_>, engine: Attr) -> Derived {
    major_of(engine.state(view).0, text("engine_version").inherited().state(view))
}

/// The major version of a database whose type has one engine only.
pub(super) fn major_version_of(view: &View<'_>, engine: &str) -> Derived {
    major_of(FactState::Known(Value::from(engine)), text("engine_version").inherited().state(view))
}

/// The major version of an engine and a version.
pub(super) fn major_of(engine: FactState, (version, set_by): Derived) -> Derived {
    let state = match (engine.known().and_then(Value::as_str), version) {
        (Some(engine), FactState::Known(Value::String(version))) => known_major(engine, &version),
        (None, FactState::Known(_)) => FactState::Unknown(Unknown::Unresolved(Text::Static("the engine is not known"))),
        (_, other) => other,
    };
    let set_by = if state == INHERITED || set_by == SetBy::Default { set_by } else { SetBy::Derived };
    (state, set_by)
}

/// The major version of a known engine and version.
fn known_major(engine: &str, version: &str) -> FactState {
    version::major(engine, version).map_or_else(
        || {
            FactState::Unknown(Unknown::Unresolved(Text::Static(
                "the version does not say which major version it becomes",
            )))
        },
        |major| FactState::Known(Value::from(major)),
    )
}

/// The port that an engine listens on when nobody chooses.
// Source: RDS.md sections 2.1 and 2.2; provider documentation of aws_docdb_cluster and aws_neptune_cluster.
fn default_port(engine: &str) -> Option<i64> {
    match engine {
        "mysql" | "mariadb" | "aurora-mysql" | "aurora" => Some(3306),
        "postgres" | "aurora-postgresql" => Some(5432),
        "docdb" => Some(27017),
        "neptune" => Some(8182),
        _ if engine.contains("oracle-") => Some(1521),
        _ if engine.contains("sqlserver-") => Some(1433),
        _ if engine.starts_with("db2-") => Some(50000),
        _ => None,
    }
}

/// The port: the engine's own for a new database that chooses none.
pub(super) fn port(view: &View<'_>) -> Derived {
    let (state, set_by) = integer("port").inherited().state(view);
    match (&state, set_by) {
        (FactState::Unknown(_), SetBy::Default) if view.new => {
            let port = known(view).and_then(|engine| default_port(&engine));
            (port.map_or(state, |port| FactState::Known(Value::Integer(port))), set_by)
        }
        _ => (state, set_by),
    }
}

/// Whether the database will enter paid extended support; AWS enrols whoever does not say otherwise.
// Source: RDS.md section 2 (`engine_lifecycle_support`), section 8 (MariaDB has standard support only).
pub(super) fn extended_support(view: &View<'_>) -> Derived {
    match known(view) {
        Some(engine) if !has_extended_support(&engine) => {
            return (FactState::Missing(Text::Static("the engine has no extended support")), SetBy::Derived);
        }
        None if view.inherits != Inherits::Nothing => return (INHERITED, SetBy::Inherited),
        _ => {}
    }
    let enrolled = Constant::Text("open-source-rds-extended-support");
    let (state, set_by) = lower("engine_lifecycle_support").creates(enrolled).state(view);
    match state {
        FactState::Known(Value::String(word)) => (
            FactState::Known(Value::Bool(!word.ends_with("-disabled"))),
            if set_by == SetBy::Default { set_by } else { SetBy::Derived },
        ),
        other => (other, set_by),
    }
}

fn has_extended_support(engine: &str) -> bool {
    matches!(engine, "mysql" | "postgres" | "aurora" | "aurora-mysql" | "aurora-postgresql")
}
