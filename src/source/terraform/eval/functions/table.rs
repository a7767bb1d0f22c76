//! The table of functions: name, what each takes, how it deals with what is not known, and where it is.

use super::super::value::Val;
use super::arguments::{Arguments, Takes};
use super::{
    collection, containers, conversion, csv, datetime, encoding, filesystem, format, hash, json, network, numeric,
    pattern, sets, string, yaml, yaml_emitter,
};

/// How far a function looks into its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// It reads them whole: what is unknown anywhere makes the result unknown.
    Whole,
    /// It compares elements, which may be unknown, and deals with that; a mark anywhere marks the result.
    Elements,
    /// It moves elements without looking at them; they keep their marks.
    Containers,
    /// The same, and looks for the type that they have in common.
    Typed,
    /// Like `Elements`, and an argument as a whole may be unknown.
    Choice,
    /// Marks are its business too.
    Itself,
}

/// A row.
pub(super) struct Function {
    pub(super) name: &'static str,
    pub(super) parameters: &'static [Takes],
    /// What further arguments are.
    pub(super) rest: Option<Takes>,
    pub(super) reach: Reach,
    pub(super) run: fn(&Arguments<'_>) -> Result<Val, String>,
}

impl Function {
    /// How many arguments it takes, in words.
    pub(super) fn arity(&self) -> String {
        let least = self.parameters.len();
        match self.rest {
            Some(_) => format!("{least} or more"),
            None => least.to_string(),
        }
    }
}

pub(super) fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.binary_search_by(|function| function.name.cmp(name)).ok().and_then(|index| FUNCTIONS.get(index))
}

const fn row(
    name: &'static str,
    parameters: &'static [Takes],
    rest: Option<Takes>,
    reach: Reach,
    run: fn(&Arguments<'_>) -> Result<Val, String>,
) -> Function {
    Function { name, parameters, rest, reach, run }
}

use Reach::{Choice, Containers, Elements, Itself, Typed, Whole};
use Takes::{Bools, List, Nullable, Number, Set, Text, Texts, TextsByName, Value};

/// INVARIANT: sorted by name.
#[rustfmt::skip]
pub(super) static FUNCTIONS: &[Function] = &[
    row("abs", &[Number], None, Whole, numeric::abs),
    row("abspath", &[Text], None, Whole, filesystem::abspath),
    row("alltrue", &[Bools], None, Whole, collection::alltrue),
    row("anytrue", &[Bools], None, Whole, collection::anytrue),
    row("base64decode", &[Text], None, Whole, encoding::base64decode),
    row("base64encode", &[Text], None, Whole, encoding::base64encode),
    row("base64gzip", &[Text], None, Whole, encoding::base64gzip),
    row("base64sha256", &[Text], None, Whole, hash::base64sha256),
    row("base64sha512", &[Text], None, Whole, hash::base64sha512),
    row("basename", &[Text], None, Whole, filesystem::basename),
    row("bcrypt", &[Text], Some(Number), Whole, hash::bcrypt),
    row("ceil", &[Number], None, Whole, numeric::ceil),
    row("chomp", &[Text], None, Whole, string::chomp),
    row("chunklist", &[List, Number], None, Typed, containers::chunklist),
    row("cidrhost", &[Text, Number], None, Whole, network::cidrhost),
    row("cidrnetmask", &[Text], None, Whole, network::cidrnetmask),
    row("cidrsubnet", &[Text, Number, Number], None, Whole, network::cidrsubnet),
    row("cidrsubnets", &[Text], Some(Number), Whole, network::cidrsubnets),
    row("coalesce", &[], Some(Nullable), Choice, collection::coalesce),
    row("coalescelist", &[], Some(Nullable), Choice, collection::coalescelist),
    row("compact", &[Texts], None, Whole, collection::compact),
    row("concat", &[], Some(Value), Typed, containers::concat),
    row("contains", &[Value, Nullable], None, Choice, collection::contains),
    row("csvdecode", &[Text], None, Whole, csv::csvdecode),
    row("dirname", &[Text], None, Whole, filesystem::dirname),
    row("distinct", &[List], None, Whole, collection::distinct),
    row("element", &[Value, Number], None, Containers, containers::element),
    row("endswith", &[Text, Text], None, Whole, string::endswith),
    row("ephemeralasnull", &[Nullable], None, Itself, conversion::ephemeralasnull),
    row("file", &[Text], None, Whole, filesystem::file),
    row("filebase64", &[Text], None, Whole, filesystem::filebase64),
    row("filebase64sha256", &[Text], None, Whole, filesystem::filebase64sha256),
    row("filebase64sha512", &[Text], None, Whole, filesystem::filebase64sha512),
    row("fileexists", &[Text], None, Whole, filesystem::fileexists),
    row("filemd5", &[Text], None, Whole, filesystem::filemd5),
    row("fileset", &[Text, Text], None, Whole, filesystem::fileset),
    row("filesha1", &[Text], None, Whole, filesystem::filesha1),
    row("filesha256", &[Text], None, Whole, filesystem::filesha256),
    row("filesha512", &[Text], None, Whole, filesystem::filesha512),
    row("flatten", &[Value], None, Typed, containers::flatten),
    row("floor", &[Number], None, Whole, numeric::floor),
    row("format", &[Text], Some(Nullable), Whole, format::format),
    row("formatdate", &[Text, Text], None, Whole, datetime::formatdate),
    row("formatlist", &[Text], Some(Nullable), Elements, format::formatlist),
    row("indent", &[Number, Text], None, Whole, string::indent),
    row("index", &[Value, Nullable], None, Choice, collection::index),
    row("issensitive", &[Nullable], None, Itself, conversion::issensitive),
    row("join", &[Text, Texts], Some(Texts), Whole, string::join),
    row("jsondecode", &[Text], None, Whole, json::jsondecode),
    row("jsonencode", &[Nullable], None, Whole, json::jsonencode),
    row("keys", &[Value], None, Containers, containers::keys),
    row("length", &[Value], None, Containers, containers::length),
    row("log", &[Number, Number], None, Whole, numeric::log),
    row("lookup", &[Value, Text], Some(Nullable), Containers, containers::lookup),
    row("lower", &[Text], None, Whole, string::lower),
    row("matchkeys", &[List, List, List], None, Elements, collection::matchkeys),
    row("max", &[Number], Some(Number), Whole, numeric::max),
    row("md5", &[Text], None, Whole, hash::md5),
    row("merge", &[], Some(Nullable), Typed, containers::merge),
    row("min", &[Number], Some(Number), Whole, numeric::min),
    row("nonsensitive", &[Nullable], None, Itself, conversion::nonsensitive),
    row("one", &[Value], None, Containers, containers::one),
    row("parseint", &[Value, Number], None, Whole, numeric::parseint),
    row("pathexpand", &[Text], None, Whole, filesystem::pathexpand),
    row("plantimestamp", &[], None, Whole, datetime::plantimestamp),
    row("pow", &[Number, Number], None, Whole, numeric::pow),
    row("range", &[], Some(Number), Whole, numeric::range),
    row("regex", &[Text, Text], None, Whole, pattern::regex),
    row("regexall", &[Text, Text], None, Whole, pattern::regexall),
    row("replace", &[Text, Text, Text], None, Whole, pattern::replace),
    row("reverse", &[Value], None, Containers, containers::reverse),
    row("rsadecrypt", &[Text, Text], None, Whole, hash::rsadecrypt),
    row("sensitive", &[Nullable], None, Itself, conversion::sensitive),
    row("setintersection", &[Set], Some(Set), Whole, sets::intersection),
    row("setproduct", &[], Some(Value), Typed, sets::product),
    row("setsubtract", &[Set, Set], None, Whole, sets::subtract),
    row("setunion", &[Set], Some(Set), Elements, sets::union),
    row("sha1", &[Text], None, Whole, hash::sha1),
    row("sha256", &[Text], None, Whole, hash::sha256),
    row("sha512", &[Text], None, Whole, hash::sha512),
    row("signum", &[Number], None, Whole, numeric::signum),
    row("slice", &[Value, Number, Number], None, Containers, containers::slice),
    row("sort", &[Texts], None, Elements, collection::sort),
    row("split", &[Text, Text], None, Whole, string::split),
    row("startswith", &[Text, Text], None, Whole, string::startswith),
    row("strcontains", &[Text, Text], None, Whole, string::strcontains),
    row("strrev", &[Text], None, Whole, string::strrev),
    row("substr", &[Text, Number, Number], None, Whole, string::substr),
    row("sum", &[Value], None, Whole, numeric::sum),
    row("textdecodebase64", &[Text, Text], None, Whole, encoding::textdecodebase64),
    row("textencodebase64", &[Text, Text], None, Whole, encoding::textencodebase64),
    row("timeadd", &[Text, Text], None, Whole, datetime::timeadd),
    row("timecmp", &[Text, Text], None, Whole, datetime::timecmp),
    row("timestamp", &[], None, Whole, datetime::timestamp),
    row("title", &[Text], None, Whole, string::title),
    row("tobool", &[Nullable], None, Typed, conversion::tobool),
    row("tolist", &[Nullable], None, Typed, conversion::tolist),
    row("tomap", &[Nullable], None, Typed, conversion::tomap),
    row("tonumber", &[Nullable], None, Typed, conversion::tonumber),
    row("toset", &[Nullable], None, Elements, conversion::toset),
    row("tostring", &[Nullable], None, Typed, conversion::tostring),
    row("transpose", &[TextsByName], None, Whole, collection::transpose),
    row("trim", &[Text, Text], None, Whole, string::trim),
    row("trimprefix", &[Text, Text], None, Whole, string::trimprefix),
    row("trimspace", &[Text], None, Whole, string::trimspace),
    row("trimsuffix", &[Text, Text], None, Whole, string::trimsuffix),
    row("upper", &[Text], None, Whole, string::upper),
    row("urlencode", &[Text], None, Whole, encoding::urlencode),
    row("uuid", &[], None, Whole, hash::uuid),
    row("uuidv5", &[Text, Text], None, Whole, hash::uuidv5),
    row("values", &[Value], None, Containers, containers::values),
    row("yamldecode", &[Text], None, Whole, yaml::yamldecode),
    row("yamlencode", &[Nullable], None, Whole, yaml_emitter::yamlencode),
    row("zipmap", &[Texts, Value], None, Containers, containers::zipmap),
];
