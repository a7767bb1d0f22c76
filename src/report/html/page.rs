//! The frame of a page: its head with the policy that forbids it to load anything, its landmarks, and its navigation.

use std::borrow::Cow;
use std::io::{self, Write};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

use super::text::{grouped, plain, time, words};

/// How every page looks.
const STYLE: &str = include_str!("style.css");

/// What made a page.
pub(super) const GENERATOR: &str = concat!("dbkeel ", env!("CARGO_PKG_VERSION"));

/// How a page of ours is told from others, whatever version wrote it.
pub(super) const GENERATOR_MARK: &str = "<meta name=\"generator\" content=\"dbkeel ";

/// What a page is about.
pub(super) struct Frame<'a> {
    /// Its title: `Nightly audit`.
    pub(super) title: &'a str,
    /// The instant from which it was judged.
    pub(super) as_of: &'a str,
    /// The page above it: its file and its name.
    pub(super) above: Option<(&'a str, &'a str)>,
    /// What stands under the title.
    pub(super) under: Markup,
    /// Whether its tables need the whole width, so that the navigation stands above them.
    pub(super) is_wide: bool,
}

/// What writes a piece of a page, which may be large.
type Writes<'a> = dyn Fn(&mut dyn Write) -> io::Result<()> + 'a;

/// A section of a page.
pub(super) struct Section<'a> {
    /// What links lead to: letters, digits and hyphens.
    pub(super) id: Cow<'static, str>,
    /// Its title.
    pub(super) title: Cow<'a, str>,
    /// How many things it is about; `None` where no number says it.
    pub(super) count: Option<usize>,
    /// Writes what is in it.
    pub(super) write: Box<Writes<'a>>,
}

impl<'a> Section<'a> {
    /// A section that is one piece.
    pub(super) fn of(
        id: impl Into<Cow<'static, str>>,
        title: impl Into<Cow<'a, str>>,
        count: Option<usize>,
        content: Markup,
    ) -> Self {
        Self { id: id.into(), title: title.into(), count, write: Box::new(move |out| write(out, &content)) }
    }
}

/// Writes a piece of a page.
pub(super) fn write(out: &mut dyn Write, markup: &Markup) -> io::Result<()> {
    out.write_all(markup.0.as_bytes())
}

/// Writes a page: its headline, then its sections.
pub(super) fn page(frame: &Frame<'_>, top: &Markup, sections: &[Section<'_>], out: &mut dyn Write) -> io::Result<()> {
    write(out, &html! { (DOCTYPE) })?;
    out.write_all(b"<html lang=\"en\">\n")?;
    write(out, &head(frame))?;
    out.write_all(if frame.is_wide { b"\n<body class=\"broad\">\n" } else { b"\n<body>\n" })?;
    write(out, &header(frame))?;
    out.write_all(b"\n<div class=\"frame\">\n")?;
    write(out, &navigation(sections))?;
    out.write_all(b"\n<main id=\"main\" tabindex=\"-1\">\n")?;
    write(out, top)?;
    for section in sections {
        let (id, count) = (&section.id, section.count.map(grouped));
        writeln!(out, "\n<section id=\"{id}\" aria-labelledby=\"{id}-title\">")?;
        write(
            out,
            &html! {
                h2 id={ (id) "-title" } { (words(&section.title)) @if let Some(count) = count { " " span.count { (count) } } }
            },
        )?;
        (section.write)(out)?;
        out.write_all(b"\n</section>\n")?;
    }
    out.write_all(b"</main>\n</div>\n")?;
    write(out, &footer(frame))?;
    out.write_all(b"\n</body>\n</html>\n")
}

fn head(frame: &Frame<'_>) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="generator" content=(GENERATOR);
            meta http-equiv="Content-Security-Policy" content=(policy());
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="referrer" content="no-referrer";
            meta name="robots" content="noindex";
            title { (plain(frame.title)) " · dbkeel" }
            // An empty icon, or a browser would ask the server for one.
            link rel="icon" href="data:,";
            style { (PreEscaped(STYLE)) }
        }
    }
}

/// Nothing is loaded, nothing runs, and of styles only our own sheet holds: one that a name smuggled in would not.
fn policy() -> String {
    let digest = BASE64_STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    format!("default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'")
}

fn header(frame: &Frame<'_>) -> Markup {
    html! {
        header.top {
            a.skip href="#main" { "Skip to the report" }
            p.brand {
                svg.mark viewBox="0 0 16 16" width="15" height="15" aria-hidden="true" { path d="M1 3h14l-3 6H4zM7 9h2l-1 5z" {} }
                span { "dbkeel" }
                @if let Some((file, name)) = frame.above { span.above { a href=(file) { "← " (name) } } }
            }
            h1 { (words(frame.title)) }
            (frame.under)
        }
    }
}

fn navigation(sections: &[Section<'_>]) -> Markup {
    html! {
        nav aria-label="Sections" {
            ul {
                @for section in sections {
                    li {
                        a href={ "#" (section.id) } {
                            span { (words(&section.title)) }
                            @if let Some(count) = section.count { " " span.count { (grouped(count)) } }
                        }
                    }
                }
            }
        }
    }
}

fn footer(frame: &Frame<'_>) -> Markup {
    html! {
        footer { p { "Made by " (GENERATOR) " as of " (time(frame.as_of)) ". This page runs no script and loads nothing." } }
    }
}

/// A table that may be wider than the screen, and then is moved by itself.
pub(super) fn wide(label: &str, table: &Markup) -> Markup {
    html! { div.wide role="region" aria-label=(plain(label)) tabindex="0" { (table) } }
}

/// What was left out of a list.
pub(super) fn left_out(number: usize, what: &str, instead: &str) -> Markup {
    html! {
        @if number > 0 {
            p.left-out { span.glyph aria-hidden="true" { "…" } " " (grouped(number)) " more " (what) " " (instead) }
        }
    }
}
