//! The syntax tree of a Rego file, as regorus parses it.
//!
//! regorus keeps its own tree private and offers it as serialised data only, so these types mirror that data. Only what the checks
//! look at is kept; the rest is skipped while reading.

use regorus::Engine;
use serde::Deserialize;

use super::files::PolicyFile;
use super::nesting;
use super::text::Places;
use crate::diagnostic::Diagnostic;

/// A stretch of the file, in bytes.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Span {
    pub(super) start: u32,
    pub(super) end: u32,
}

/// The head of a field access: where the name stands, and the name.
pub(super) type Field = (Span, serde_json::Value);

#[derive(Debug, Deserialize)]
pub(super) struct Module {
    pub(super) package: Package,
    pub(super) imports: Vec<Import>,
    pub(super) rules: Vec<Rule>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Package {
    pub(super) refr: Expr,
}

#[derive(Debug, Deserialize)]
pub(super) struct Import {
    pub(super) refr: Expr,
    pub(super) r#as: Option<Span>,
}

#[derive(Debug, Deserialize)]
pub(super) enum Rule {
    Spec { span: Span, head: Head, bodies: Vec<Body> },
    Default { refr: Expr, args: Vec<Expr>, value: Expr },
}

#[derive(Debug, Deserialize)]
pub(super) enum Head {
    Compr { refr: Expr, assign: Option<Assign> },
    Set { refr: Expr, key: Option<Expr> },
    Func { refr: Expr, args: Vec<Expr>, assign: Option<Assign> },
}

#[derive(Debug, Deserialize)]
pub(super) struct Assign {
    pub(super) value: Expr,
}

#[derive(Debug, Deserialize)]
pub(super) struct Body {
    pub(super) assign: Option<Assign>,
    pub(super) query: Query,
}

#[derive(Debug, Deserialize)]
pub(super) struct Query {
    pub(super) stmts: Vec<Statement>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Statement {
    pub(super) span: Span,
    pub(super) literal: Literal,
    #[serde(default)]
    pub(super) with_mods: Vec<With>,
}

#[derive(Debug, Deserialize)]
pub(super) struct With {
    pub(super) span: Span,
    #[cfg(test)]
    pub(super) refr: Expr,
    #[cfg(test)]
    pub(super) r#as: Expr,
}

#[derive(Debug, Deserialize)]
pub(super) enum Literal {
    SomeVars { vars: Vec<Span> },
    SomeIn { key: Option<Expr>, value: Expr, collection: Expr },
    Expr { expr: Expr },
    NotExpr { expr: Expr },
    Every { key: Option<Span>, value: Span, domain: Expr, query: Query },
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub(super) enum AssignOp {
    Eq,
    ColEq,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub(super) enum CompareOp {
    Lt,
    Le,
    Eq,
    Ge,
    Gt,
    Ne,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub(super) enum ArithmeticOp {
    Add,
    Sub,
    Mul,
    Div,
    Mod,
}

#[derive(Debug, Deserialize)]
pub(super) enum Expr {
    String {
        span: Span,
        value: serde_json::Value,
    },
    RawString {
        span: Span,
        value: serde_json::Value,
    },
    Number {
        span: Span,
        value: serde_json::Value,
    },
    Bool {
        span: Span,
        value: serde_json::Value,
    },
    Null {
        span: Span,
    },
    Var {
        span: Span,
        value: serde_json::Value,
    },
    Array {
        span: Span,
        items: Vec<Expr>,
    },
    Set {
        span: Span,
        items: Vec<Expr>,
    },
    Object {
        span: Span,
        fields: Vec<(Span, Expr, Expr)>,
    },
    ArrayCompr {
        span: Span,
        term: Box<Expr>,
        query: Query,
    },
    SetCompr {
        span: Span,
        term: Box<Expr>,
        query: Query,
    },
    ObjectCompr {
        span: Span,
        key: Box<Expr>,
        value: Box<Expr>,
        query: Query,
    },
    Call {
        span: Span,
        fcn: Box<Expr>,
        params: Vec<Expr>,
    },
    #[serde(rename = "UnaryExpr")]
    Unary {
        span: Span,
        expr: Box<Expr>,
    },
    RefDot {
        span: Span,
        refr: Box<Expr>,
        field: Field,
    },
    RefBrack {
        span: Span,
        refr: Box<Expr>,
        index: Box<Expr>,
    },
    #[serde(rename = "BinExpr")]
    SetOperation {
        span: Span,
        lhs: Box<Expr>,
        rhs: Box<Expr>,
    },
    #[serde(rename = "BoolExpr")]
    Comparison {
        span: Span,
        op: CompareOp,
        lhs: Box<Expr>,
        rhs: Box<Expr>,
    },
    #[serde(rename = "ArithExpr")]
    Arithmetic {
        span: Span,
        op: ArithmeticOp,
        lhs: Box<Expr>,
        rhs: Box<Expr>,
    },
    #[serde(rename = "AssignExpr")]
    Assignment {
        span: Span,
        op: AssignOp,
        lhs: Box<Expr>,
        rhs: Box<Expr>,
    },
    Membership {
        span: Span,
        key: Option<Box<Expr>>,
        value: Box<Expr>,
        collection: Box<Expr>,
    },
}

impl Expr {
    pub(super) fn span(&self) -> Span {
        match self {
            Self::String { span, .. }
            | Self::RawString { span, .. }
            | Self::Number { span, .. }
            | Self::Bool { span, .. }
            | Self::Null { span }
            | Self::Var { span, .. }
            | Self::Array { span, .. }
            | Self::Set { span, .. }
            | Self::Object { span, .. }
            | Self::ArrayCompr { span, .. }
            | Self::SetCompr { span, .. }
            | Self::ObjectCompr { span, .. }
            | Self::Call { span, .. }
            | Self::Unary { span, .. }
            | Self::RefDot { span, .. }
            | Self::RefBrack { span, .. }
            | Self::SetOperation { span, .. }
            | Self::Comparison { span, .. }
            | Self::Arithmetic { span, .. }
            | Self::Assignment { span, .. }
            | Self::Membership { span, .. } => *span,
        }
    }

    /// The text of a string literal.
    pub(super) fn as_literal(&self) -> Option<&str> {
        match self {
            Self::String { value, .. } | Self::RawString { value, .. } => value.as_str(),
            _ => None,
        }
    }

    /// The name of a variable.
    pub(super) fn as_var(&self) -> Option<&str> {
        match self {
            Self::Var { value, .. } => value.as_str(),
            _ => None,
        }
    }

    /// A constant reference as its parts: `data.parameters["x"]` is `data`, `parameters`, `x`.
    pub(super) fn constant_path(&self) -> Option<Vec<&str>> {
        let (root, steps) = self.reference()?;
        let mut path = vec![root];
        for step in steps {
            path.push(step.name?);
        }
        Some(path)
    }

    /// A reference as its root variable and the steps after it.
    pub(super) fn reference(&self) -> Option<(&str, Vec<Step<'_>>)> {
        let mut steps = Vec::new();
        let mut expr = self;
        let root = loop {
            match expr {
                Self::Var { value, .. } => break value.as_str()?,
                Self::RefDot { refr, field, .. } => {
                    steps.push(Step { span: field.0, name: field.1.as_str(), index: None });
                    expr = refr;
                }
                Self::RefBrack { refr, index, .. } => {
                    steps.push(Step { span: index.span(), name: index.as_literal(), index: Some(index) });
                    expr = refr;
                }
                _ => return None,
            }
        };
        steps.reverse();
        Some((root, steps))
    }
}

/// One step of a reference: `.name`, `["name"]` or `[expression]`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step<'a> {
    pub(super) span: Span,
    /// The name, when it is constant text.
    pub(super) name: Option<&'a str>,
    /// What stands in the brackets.
    pub(super) index: Option<&'a Expr>,
}

impl Rule {
    /// What the head defines.
    pub(super) fn defines(&self) -> &Expr {
        match self {
            Self::Spec {
                head: Head::Compr { refr, .. } | Head::Set { refr, .. } | Head::Func { refr, .. }, ..
            }
            | Self::Default { refr, .. } => refr,
        }
    }

    /// The first part of the name that the head defines.
    pub(super) fn name(&self) -> &str {
        self.defines().reference().map_or("", |(root, _)| root)
    }
}

/// A parsed file: its tree, and the engine that holds it.
pub(super) struct Parsed {
    pub(super) module: Module,
    pub(super) engine: Engine,
    pub(super) places: Places,
}

/// Parses one file.
pub(super) fn parse(file: &PolicyFile) -> Result<Parsed, Box<Diagnostic>> {
    let places = Places::new(file);
    if let Some(offset) = nesting::too_deep(&file.text) {
        let title = format!("brackets are nested more than {} deep", nesting::MAX_NESTING);
        return Err(Box::new(places.error(Span { start: offset, end: offset + 1 }, title)));
    }
    let mut engine = Engine::new();
    engine.set_strict_builtin_errors(true);
    engine
        .add_policy(file.path.to_string(), file.text.to_string())
        .map_err(|error| Box::new(places.rego_error(&error.to_string())))?;
    let module = read_tree(&mut engine).map_err(|why| Box::new(places.whole(why)))?;
    Ok(Parsed { module, engine, places })
}

fn read_tree(engine: &mut Engine) -> Result<Module, String> {
    let module = engine.get_modules().first().ok_or("the file has no module")?;
    let bytes = serde_json::to_vec(&**module).map_err(|error| error.to_string())?;
    // serde_json's recursion limit is what keeps a file with absurd nesting from overflowing the stack.
    serde_json::from_slice(&bytes).map_err(|_| "the file is nested too deeply".to_owned())
}
