//! Templates: text with interpolations and directives.

use std::borrow::Cow;

use hcl_edit::template::{Directive, Element, ForDirective, HeredocTemplate, IfDirective, Strip, Template};

use super::comprehension::entries;
use super::convert::{to_bool, to_text};
use super::expression::{Evaluator, Outcome, literal_text};
use super::fault::Fault;
use super::indentation::unindented;
use super::run::Run;
use super::scope::Bindings;
use super::unsettled::{mark, unmark, unsettled_in};
use super::value::{Unsettled, Val};

/// How literals are cut into tokens; a strip marker trims the one beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Literals {
    /// In quotes, a literal is one token.
    Whole,
    /// In a heredoc or a file, each line is one.
    Lines,
    /// They are trimmed already.
    Trimmed,
}

/// What a template has become so far.
#[derive(Default)]
struct Text {
    text: String,
    unsettled: Option<Unsettled>,
    sensitive: bool,
}

/// Which ends of a template are trimmed, by the markers of the directive around it.
#[derive(Clone, Copy, Default)]
pub(super) struct Trim {
    pub(super) start: bool,
    pub(super) end: bool,
}

impl Evaluator<'_> {
    /// A template in quotes.
    pub(super) fn template(&self, run: &mut Run<'_>, template: &Template) -> Outcome {
        self.whole(run, template, Literals::Whole)
    }

    /// A file that is a template.
    pub(super) fn file(&self, run: &mut Run<'_>, template: &Template) -> Outcome {
        self.whole(run, template, Literals::Lines)
    }

    /// A heredoc.
    pub(super) fn heredoc(&self, run: &mut Run<'_>, heredoc: &HeredocTemplate) -> Outcome {
        match unindented(heredoc) {
            Some(template) => self.whole(run, &template, Literals::Trimmed),
            None => self.whole(run, &heredoc.template, Literals::Lines),
        }
    }

    fn whole(&self, run: &mut Run<'_>, template: &Template, literals: Literals) -> Outcome {
        // `"${x}"` is `x`, whatever its type.
        if let Some(Element::Interpolation(only)) = template.as_single_element() {
            return self.value(run, &only.expr);
        }
        let mut text = Text::default();
        Renderer { evaluator: *self, literals }.render(run, template, Trim::default(), &mut text)?;
        Ok(match text.unsettled {
            Some(unsettled) => mark(unsettled.into_val(), text.sensitive),
            None => mark(literal_text(&text.text), text.sensitive),
        })
    }
}

struct Renderer<'a> {
    evaluator: Evaluator<'a>,
    literals: Literals,
}

impl Renderer<'_> {
    fn render(&self, run: &mut Run<'_>, template: &Template, trim: Trim, out: &mut Text) -> Result<(), Fault> {
        let elements: Vec<&Element> = template.iter().collect();
        for (position, element) in elements.iter().enumerate() {
            match element {
                Element::Literal(literal) => {
                    let before = position.checked_sub(1).and_then(|before| elements.get(before));
                    let after = elements.get(position + 1);
                    let trim = Trim {
                        start: before.map_or(trim.start, |element| strips_after(element)),
                        end: after.map_or(trim.end, |element| strips_before(element)),
                    };
                    out.push(run, &self.trimmed(literal.as_str(), trim))?;
                }
                Element::Interpolation(interpolation) => {
                    let value = self.evaluator.value(run, &interpolation.expr)?;
                    out.insert(run, value).map_err(|fault| fault.at(&interpolation.expr))?;
                }
                Element::Directive(directive) => self.directive(run, directive, out)?,
            }
        }
        Ok(())
    }

    fn trimmed<'t>(&self, literal: &'t str, trim: Trim) -> Cow<'t, str> {
        match self.literals {
            Literals::Trimmed => Cow::Borrowed(literal),
            literals => trimmed(literal, trim, literals == Literals::Lines),
        }
    }

    fn directive(&self, run: &mut Run<'_>, directive: &Directive, out: &mut Text) -> Result<(), Fault> {
        run.nested(|run| match directive {
            Directive::If(directive) => self.branch(run, directive, out),
            Directive::For(directive) => self.repeat(run, directive, out),
        })
    }

    fn branch(&self, run: &mut Run<'_>, directive: &IfDirective, out: &mut Text) -> Result<(), Fault> {
        let condition = &directive.if_expr.cond_expr;
        let (value, sensitive) = unmark(self.evaluator.value(run, condition)?);
        out.sensitive |= sensitive;
        if let Some(unsettled) = unsettled_in(&value) {
            out.leave_open(unsettled);
            return Ok(());
        }
        let (middle, end) = (directive.else_expr.as_ref(), strip_start(directive.endif_expr.strip));
        if to_bool(&value).map_err(|error| Fault::from(error).at(condition))? {
            let end = middle.map_or(end, |middle| strip_start(middle.strip));
            let trim = Trim { start: strip_end(directive.if_expr.strip), end };
            self.render(run, &directive.if_expr.template, trim, out)
        } else if let Some(middle) = middle {
            self.render(run, &middle.template, Trim { start: strip_end(middle.strip), end }, out)
        } else {
            Ok(())
        }
    }

    fn repeat(&self, run: &mut Run<'_>, directive: &ForDirective, out: &mut Text) -> Result<(), Fault> {
        let intro = &directive.for_expr;
        let (collection, sensitive) = unmark(self.evaluator.value(run, &intro.collection_expr)?);
        out.sensitive |= sensitive;
        let entries = match entries(&collection).map_err(|error| Fault::from(error).at(&intro.collection_expr))? {
            Ok(entries) => entries,
            Err(unsettled) => {
                out.leave_open(unsettled);
                return Ok(());
            }
        };
        let trim = Trim { start: strip_end(intro.strip), end: strip_start(directive.endfor_expr.strip) };
        for (key, value) in &entries {
            run.charge(1)?;
            let value_binding = Bindings::new(intro.value_var.as_str(), value, self.evaluator.bindings);
            let key_binding =
                intro.key_var.as_ref().map(|name| Bindings::new(name.as_str(), key, Some(&value_binding)));
            let bindings = Some(key_binding.as_ref().unwrap_or(&value_binding));
            let evaluator = Evaluator { scope: self.evaluator.scope, bindings };
            Renderer { evaluator, literals: self.literals }.render(run, &intro.template, trim, out)?;
        }
        Ok(())
    }
}

/// A literal without the white space that markers beside it take: all, or that of one line.
pub(super) fn trimmed(literal: &str, trim: Trim, lines: bool) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(literal);
    if trim.start {
        let first = if lines { literal.find('\n').map_or(literal.len(), |end| end + 1) } else { literal.len() };
        let (first, rest) = literal.split_at_checked(first).unwrap_or((literal, ""));
        text = if rest.is_empty() { first.trim_start().into() } else { (first.trim_start().to_owned() + rest).into() };
    }
    if trim.end {
        let last = if lines { text.rfind('\n').map_or(0, |end| end + 1) } else { 0 };
        // A literal that ends with a line end has that line as its last token.
        let last = if lines && last == text.len() { line_before(&text) } else { last };
        let (rest, last) = text.split_at_checked(last).unwrap_or(("", &text));
        text = (rest.to_owned() + last.trim_end()).into();
    }
    text
}

/// Where the last line starts of a text that ends with a line end.
fn line_before(text: &str) -> usize {
    let body = text.strip_suffix('\n').unwrap_or(text);
    body.rfind('\n').map_or(0, |end| end + 1)
}

impl Text {
    fn push(&mut self, run: &mut Run<'_>, text: &str) -> Result<(), Fault> {
        const BYTES_A_STEP: usize = 64;
        run.charge(1 + text.len() / BYTES_A_STEP)?;
        self.text.push_str(text);
        Ok(())
    }

    fn insert(&mut self, run: &mut Run<'_>, value: Val) -> Result<(), Fault> {
        let (value, sensitive) = unmark(value);
        self.sensitive |= sensitive;
        match unsettled_in(&value) {
            Some(unsettled) => self.unsettled.get_or_insert_default().join(&unsettled),
            None => self.push(run, &to_text(&value)?)?,
        }
        Ok(())
    }

    /// What decides on a part of the text is not known.
    fn leave_open(&mut self, unsettled: Unsettled) {
        self.unsettled.get_or_insert_default().join(&unsettled.undecided());
    }
}

pub(super) fn strip_start(strip: Strip) -> bool {
    matches!(strip, Strip::Start | Strip::Both)
}

pub(super) fn strip_end(strip: Strip) -> bool {
    matches!(strip, Strip::End | Strip::Both)
}

/// Whether the literal before an element loses its trailing white space.
pub(super) fn strips_before(element: &Element) -> bool {
    match element {
        Element::Literal(_) => false,
        Element::Interpolation(interpolation) => strip_start(interpolation.strip),
        Element::Directive(directive) => strip_start(match directive.as_ref() {
            Directive::If(directive) => directive.if_expr.strip,
            Directive::For(directive) => directive.for_expr.strip,
        }),
    }
}

/// Whether the literal behind an element loses its leading white space.
pub(super) fn strips_after(element: &Element) -> bool {
    match element {
        Element::Literal(_) => false,
        Element::Interpolation(interpolation) => strip_end(interpolation.strip),
        Element::Directive(directive) => strip_end(match directive.as_ref() {
            Directive::If(directive) => directive.endif_expr.strip,
            Directive::For(directive) => directive.endfor_expr.strip,
        }),
    }
}
