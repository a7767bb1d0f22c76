//! No function panics, whatever it is given; marks and unknown values are never lost.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;

use super::super::super::number::Number;
use super::super::super::value::{MapKind, SequenceKind, Unsettled, Val};
use super::super::survey::Survey;
use super::super::table::FUNCTIONS;
use super::super::{Files, Surroundings, call, marked, sets, text};

/// Files in memory, because the properties read some hundred thousand.
struct Memory;

impl Files for Memory {
    fn read(&self, path: &str) -> Option<Arc<[u8]>> {
        path.len().is_multiple_of(2).then(|| Arc::from(path.as_bytes()))
    }

    fn list(&self, _: &str) -> Option<Vec<String>> {
        Some(vec!["a.txt".to_owned(), "b/c.txt".to_owned()])
    }
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-c0-9 .,:/%{}\\[\\]()*+?$|\\\\^-]{0,12}",
        "%[-+ 0#]{0,3}[0-9]{0,3}(\\.[0-9]{0,3})?(\\[[0-9]\\])?[a-zA-Z%]",
        "[0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}",
        "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})",
        "-?[0-9.]{0,4}(ns|us|ms|s|m|h)[0-9]{0,3}(h|m|s)",
        prop::sample::select(vec![
            "",
            "true",
            "1",
            "-5",
            "1e3",
            "utf-8",
            "UTF-16",
            "dns",
            "fd00::/8",
            "files",
            "**/*.txt",
            "YYYY-MM-DD"
        ])
        .prop_map(str::to_owned),
    ]
}

fn numbers() -> impl Strategy<Value = Number> {
    prop_oneof![
        (-5i64..70).prop_map(Number::from),
        any::<i64>().prop_map(Number::from),
        any::<f64>().prop_filter_map("finite", |value| Number::from_f64(value).ok()),
    ]
}

fn values() -> impl Strategy<Value = Val> {
    let leaf = prop_oneof![
        Just(Val::Null),
        any::<bool>().prop_map(Val::Bool),
        numbers().prop_map(Val::Number),
        texts().prop_map(|body| text::value(&body)),
        Just(Val::Unknown(Arc::new(Unsettled { resources: BTreeSet::from(["a.b".into()]), ..Unsettled::default() }))),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|all| Val::Sequence(SequenceKind::List, Arc::new(all))),
            prop::collection::vec(inner.clone(), 0..4)
                .prop_map(|all| Val::Sequence(SequenceKind::Tuple, Arc::new(all))),
            prop::collection::vec(inner.clone(), 0..4).prop_map(sets::build),
            prop::collection::vec(("[a-c]{0,2}", inner.clone()), 0..4).prop_map(|all| mapping(MapKind::Map, all)),
            prop::collection::vec(("[a-c]{0,2}", inner.clone()), 0..4).prop_map(|all| mapping(MapKind::Object, all)),
            inner.prop_map(marked),
        ]
    })
}

fn mapping(kind: MapKind, fields: Vec<(String, Val)>) -> Val {
    let fields: BTreeMap<Arc<str>, Val> = fields.into_iter().map(|(name, value)| (name.into(), value)).collect();
    Val::Mapping(kind, Arc::new(fields))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn no_function_panics(arguments in prop::collection::vec(values(), 0..4)) {
        for function in FUNCTIONS {
            let result = call(function.name, &arguments, &Surroundings { files: &Memory });
            prop_assert!(result.is_some());
            // What is sensitive is not let out, but by those that are there to do it, or that say how many there are.
            let lets_out = ["nonsensitive", "issensitive", "length", "keys", "element", "lookup", "merge", "slice", "one", "values", "zipmap"];
            if let Some(Ok(value)) = &result && !lets_out.contains(&function.name) && Survey::of(&arguments).unwrap().sensitive {
                prop_assert!(Survey::of(std::slice::from_ref(value)).unwrap().sensitive || is_empty(value), "{}: {:?}", function.name, value);
            }
        }
    }

    #[test]
    fn functions_of_text_and_numbers_do_not_panic(texts in prop::collection::vec(texts(), 4), numbers in prop::collection::vec(numbers(), 3)) {
        for function in FUNCTIONS {
            let count = function.parameters.len() + usize::from(function.rest.is_some()) * 2;
            for pattern in 0..8usize {
                let argument = |index: usize| if pattern >> index & 1 == 0 { text::value(&texts[index % 4]) } else { Val::Number(numbers[index % 3].clone()) };
                let arguments: Vec<Val> = (0..count).map(argument).collect();
                let result = call(function.name, &arguments, &Surroundings { files: &Memory });
                if let Some(Err(message)) = result {
                    prop_assert!(!message.is_empty() && !message.ends_with('.'), "{}: {message}", function.name);
                }
            }
        }
    }

    #[test]
    fn what_was_encoded_is_decoded(value in values()) {
        let value = plain(&value);
        let again = |value: &Val, encode: &str, decode: &str| {
            let surroundings = Surroundings { files: &Memory };
            let encoded = call(encode, std::slice::from_ref(value), &surroundings).unwrap().unwrap();
            let decoded = call(decode, std::slice::from_ref(&encoded), &surroundings).unwrap();
            (encoded, decoded)
        };
        for (encode, decode) in [("jsonencode", "jsondecode"), ("yamlencode", "yamldecode")] {
            let (encoded, decoded) = again(&value, encode, decode);
            prop_assert_eq!(decoded, Ok(value.clone()), "{}: {:?}", encode, encoded);
        }
    }
}

/// Of an empty list no function makes anything that could be shown.
fn is_empty(value: &Val) -> bool {
    match value {
        Val::Sequence(_, elements) => elements.iter().all(is_empty),
        Val::Mapping(_, elements) => elements.is_empty(),
        Val::Null => true,
        _ => false,
    }
}

/// Known, with the kinds that come out of decoding, and the numbers that can be written.
fn plain(value: &Val) -> Val {
    match value {
        Val::Sequence(_, elements) => {
            Val::Sequence(SequenceKind::Tuple, Arc::new(elements.iter().map(plain).collect()))
        }
        Val::Mapping(_, elements) => Val::Mapping(
            MapKind::Object,
            Arc::new(elements.iter().map(|(name, value)| (name.clone(), plain(value))).collect()),
        ),
        Val::Number(number) => Val::Number(number.to_string().parse().unwrap()),
        Val::Sensitive(inner) => plain(inner),
        Val::Unknown(_) => Val::Null,
        other => other.clone(),
    }
}
