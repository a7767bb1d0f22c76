//! `for` expressions.

use std::collections::BTreeMap;
use std::sync::Arc;

use hcl_edit::expr::{Expression, ForExpr};

use super::convert::{to_bool, to_text};
use super::expression::{Evaluator, Outcome};
use super::fault::Fault;
use super::run::Run;
use super::scope::Bindings;
use super::unsettled::{mark, unmark, unsettled_in};
use super::value::{MapKind, SequenceKind, Unsettled, Val};

/// The key and the value of each element of a collection, or what makes that unknown.
pub(super) type Entries = Result<Vec<(Val, Val)>, Unsettled>;

/// The elements of what a `for` goes through.
pub(super) fn entries(collection: &Val) -> Result<Entries, String> {
    Ok(Ok(match collection {
        Val::Unknown(unsettled) => return Ok(Err(Unsettled::clone(unsettled))),
        Val::Mapping(MapKind::Resource, _) => return Ok(Err(unsettled_in(collection).unwrap_or_default())),
        Val::Sequence(SequenceKind::Set, items) => items.iter().map(|item| (item.clone(), item.clone())).collect(),
        Val::Sequence(_, items) => {
            let index = |index: usize| Val::Number(i64::try_from(index).unwrap_or(i64::MAX).into());
            items.iter().enumerate().map(|(position, item)| (index(position), item.clone())).collect()
        }
        Val::Mapping(_, fields) => {
            fields.iter().map(|(name, field)| (Val::String(Arc::clone(name)), field.clone())).collect()
        }
        Val::Null => return Err("`for` cannot go through null".to_owned()),
        _ => return Err("`for` can only go through a list, set, map, tuple or object".to_owned()),
    }))
}

/// What a `for` expression has made so far.
enum Made {
    Tuple(Vec<Val>),
    Object(BTreeMap<Arc<str>, Val>),
    Groups(BTreeMap<Arc<str>, Vec<Val>>),
}

impl Evaluator<'_> {
    pub(super) fn comprehension(&self, run: &mut Run<'_>, comprehension: &ForExpr) -> Outcome {
        let collection = &comprehension.intro.collection_expr;
        let (value, mut sensitive) = unmark(self.value(run, collection)?);
        let entries = match entries(&value).map_err(|error| Fault::from(error).at(collection))? {
            Ok(entries) => entries,
            Err(unsettled) => return Ok(mark(unsettled.undecided().into_val(), sensitive)),
        };
        let mut made = match (&comprehension.key_expr, comprehension.grouping) {
            (None, _) => Made::Tuple(Vec::with_capacity(entries.len())),
            (Some(_), false) => Made::Object(BTreeMap::new()),
            (Some(_), true) => Made::Groups(BTreeMap::new()),
        };
        for (key, value) in &entries {
            run.charge(1)?;
            let value_binding = Bindings::new(comprehension.intro.value_var.as_str(), value, self.bindings);
            let key_name = comprehension.intro.key_var.as_ref();
            let key_binding = key_name.map(|name| Bindings::new(name.as_str(), key, Some(&value_binding)));
            let inner = Evaluator { scope: self.scope, bindings: Some(key_binding.as_ref().unwrap_or(&value_binding)) };
            match inner.element(run, comprehension, &mut made) {
                Ok(marked) => sensitive |= marked,
                Err(Stop::Unsettled(unsettled)) => return Ok(mark(unsettled.undecided().into_val(), sensitive)),
                Err(Stop::Fault(fault)) => return Err(fault),
            }
        }
        run.built(mark(made.finish(), sensitive))
    }

    /// Adds what one element makes; tells whether that makes the whole sensitive.
    fn element(&self, run: &mut Run<'_>, comprehension: &ForExpr, made: &mut Made) -> Result<bool, Stop> {
        let mut sensitive = false;
        if let Some(condition) = &comprehension.cond {
            let (value, marked) = self.settled(run, &condition.expr)?;
            sensitive |= marked;
            if !to_bool(&value).map_err(|error| Fault::from(error).at(&condition.expr))? {
                return Ok(sensitive);
            }
        }
        let key = match &comprehension.key_expr {
            None => None,
            Some(expression) => {
                let (key, marked) = self.settled(run, expression)?;
                sensitive |= marked;
                Some(to_text(&key).map_err(|error| Fault::from(error).at(expression))?)
            }
        };
        let value = self.value(run, &comprehension.value_expr)?;
        if !made.add(key, value) {
            let fault = Fault::new("two elements have the same key; `...` behind the value would group them");
            return Err(comprehension.key_expr.iter().fold(fault, |fault, key| fault.at(key)).into());
        }
        Ok(sensitive)
    }

    /// A known value, and whether it is sensitive.
    fn settled(&self, run: &mut Run<'_>, expression: &Expression) -> Result<(Val, bool), Stop> {
        let (value, sensitive) = unmark(self.value(run, expression)?);
        match value {
            Val::Unknown(unsettled) => Err(Stop::Unsettled(Unsettled::clone(&unsettled))),
            value => Ok((value, sensitive)),
        }
    }
}

/// Why a `for` expression makes no elements.
enum Stop {
    Fault(Fault),
    Unsettled(Unsettled),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Made {
    /// Adds an element; false when its key is taken.
    fn add(&mut self, key: Option<Arc<str>>, value: Val) -> bool {
        match self {
            Self::Tuple(items) => items.push(value),
            Self::Object(fields) => return fields.insert(key.unwrap_or_default(), value).is_none(),
            Self::Groups(groups) => groups.entry(key.unwrap_or_default()).or_default().push(value),
        }
        true
    }

    fn finish(self) -> Val {
        let tuple = |items| Val::Sequence(SequenceKind::Tuple, Arc::new(items));
        match self {
            Self::Tuple(items) => tuple(items),
            Self::Object(fields) => Val::Mapping(MapKind::Object, Arc::new(fields)),
            Self::Groups(groups) => {
                let fields = groups.into_iter().map(|(key, items)| (key, tuple(items)));
                Val::Mapping(MapKind::Object, Arc::new(fields.collect()))
            }
        }
    }
}
