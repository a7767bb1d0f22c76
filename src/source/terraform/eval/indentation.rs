//! Takes the indentation off a heredoc (`<<-`) as Terraform does: <https://github.com/hashicorp/hcl/blob/main/hclsyntax/parser_template.go>.
//!
//! Terraform looks at tokens, one a line, inside directives too, after markers such as `~}` have taken their white space: a
//! line whose beginning is taken by a marker is none. The parser's own way differs where there are directives or markers,
//! so there what it took off is put back first.

use hcl_edit::template::{Directive, Element, HeredocTemplate, Template};

use super::template::{Trim, strip_end, strip_start, strips_after, strips_before, trimmed};

/// The template without its indentation and trimmed, where the parser's way may differ.
pub(super) fn unindented(heredoc: &HeredocTemplate) -> Option<Template> {
    let indent = heredoc.indent().filter(|_| heredoc.template.iter().any(is_directed))?;
    let mut template = heredoc.template.clone();
    let mut line_start = true;
    let count = template.len();
    for (position, element) in template.iter_mut().enumerate() {
        match element {
            Element::Literal(literal) => {
                let restored = indented(literal, indent, line_start, position + 1 < count);
                line_start = restored.ends_with('\n');
                *literal.value_mut() = restored;
            }
            Element::Interpolation(_) | Element::Directive(_) => line_start = false,
        }
    }
    trim(&mut template, Trim::default());
    let mut least = usize::MAX;
    each_line(&mut template, &mut true, &mut |line| {
        // A blank line does not count, and keeps what it has.
        if line.is_none_or(|line| !line.trim_start().is_empty() || !line.ends_with('\n')) {
            least = least.min(line.map_or(0, spaces));
        }
        None
    });
    let take = |line: Option<&str>| {
        let line = line?;
        let blank = line.trim_start().is_empty() && line.ends_with('\n');
        (!blank).then(|| line.chars().skip(least.min(spaces(line))).collect())
    };
    each_line(&mut template, &mut true, &mut |line| take(line));
    Some(template)
}

/// Whether an element is a directive, or strips white space.
fn is_directed(element: &Element) -> bool {
    matches!(element, Element::Directive(_)) || strips_before(element) || strips_after(element)
}

fn spaces(line: &str) -> usize {
    line.chars().take_while(|char| char.is_whitespace()).count()
}

/// A literal with indentation before each line that has something; what follows it may begin with the last one.
fn indented(literal: &str, indent: usize, line_start: bool, goes_on: bool) -> String {
    let mut out = String::with_capacity(literal.len() + indent);
    for (position, line) in literal.split_inclusive('\n').enumerate() {
        if (position > 0 || line_start) && line != "\n" && line != "\r\n" {
            out.extend(std::iter::repeat_n(' ', indent));
        }
        out.push_str(line);
    }
    if goes_on && (literal.ends_with('\n') || (literal.is_empty() && line_start)) {
        out.extend(std::iter::repeat_n(' ', indent));
    }
    out
}

fn trim(template: &mut Template, around: Trim) {
    let ends: Vec<(bool, bool, bool)> = template
        .iter()
        .map(|element| (matches!(element, Element::Literal(_)), strips_before(element), strips_after(element)))
        .collect();
    for (position, element) in template.iter_mut().enumerate() {
        let before = position.checked_sub(1).and_then(|before| ends.get(before));
        let of_literal = Trim {
            start: before.map_or(around.start, |(_, _, after)| *after),
            end: ends.get(position + 1).map_or(around.end, |(_, before, _)| *before),
        };
        match element {
            Element::Literal(literal) => *literal.value_mut() = trimmed(literal.value(), of_literal, true).into_owned(),
            Element::Interpolation(_) => {}
            Element::Directive(directive) => match directive.as_mut() {
                Directive::If(directive) => {
                    let end = strip_start(directive.endif_expr.strip);
                    let middle = directive.else_expr.as_ref().map(|middle| middle.strip);
                    let of_if =
                        Trim { start: strip_end(directive.if_expr.strip), end: middle.map_or(end, strip_start) };
                    trim(&mut directive.if_expr.template, of_if);
                    if let Some(middle) = &mut directive.else_expr {
                        trim(&mut middle.template, Trim { start: strip_end(middle.strip), end });
                    }
                }
                Directive::For(directive) => {
                    let of_for = Trim {
                        start: strip_end(directive.for_expr.strip),
                        end: strip_start(directive.endfor_expr.strip),
                    };
                    trim(&mut directive.for_expr.template, of_for);
                }
            },
        }
    }
}

/// Calls `each` with what stands at the start of each line: a part of a literal, which it may replace, or none.
fn each_line(template: &mut Template, start: &mut bool, each: &mut dyn FnMut(Option<&str>) -> Option<String>) {
    for element in template.iter_mut() {
        match element {
            Element::Literal(literal) => {
                let mut out = String::with_capacity(literal.len());
                for line in literal.split_inclusive('\n') {
                    match start.then(|| each(Some(line))).flatten() {
                        Some(replaced) => out.push_str(&replaced),
                        None => out.push_str(line),
                    }
                    *start = line.ends_with('\n');
                }
                // What a marker has taken whole is still a token, which begins its line.
                if literal.is_empty() && std::mem::take(start) {
                    each(Some(""));
                }
                *literal.value_mut() = out;
            }
            Element::Interpolation(_) => mark_start(start, each),
            Element::Directive(directive) => {
                mark_start(start, each);
                match directive.as_mut() {
                    Directive::If(directive) => {
                        each_line(&mut directive.if_expr.template, start, each);
                        mark_start(start, each);
                        if let Some(middle) = &mut directive.else_expr {
                            each_line(&mut middle.template, start, each);
                            mark_start(start, each);
                        }
                    }
                    Directive::For(directive) => {
                        each_line(&mut directive.for_expr.template, start, each);
                        mark_start(start, each);
                    }
                }
            }
        }
    }
}

/// A token that is no literal begins a line.
fn mark_start(start: &mut bool, each: &mut dyn FnMut(Option<&str>) -> Option<String>) {
    if std::mem::take(start) {
        each(None);
    }
}
