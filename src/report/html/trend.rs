//! How a figure moved over time: a line as inline SVG, with its numbers as text under it.

use maud::{Markup, html};

use super::text::{many, words};
use crate::report::named::model::{Number, Point, Trend};

/// The size of the picture, in units of its own; it is stretched to the width of the page.
const WIDTH: f64 = 1_000.0;
const HEIGHT: f64 = 100.0;

/// The room above and under the line, so that its ends are seen whole.
const MARGIN: f64 = 6.0;

/// How many of the last points the numbers under the picture list.
const MAX_LISTED: usize = 400;

/// The picture, its last number, and all of them.
pub(super) fn trend(trend: &Trend) -> Markup {
    let known: Vec<(&Point, Number)> = trend.points.iter().filter_map(|point| Some((point, point.value?))).collect();
    html! {
        figure.trend {
            figcaption { (words(trend.label.as_str())) }
            @match known.last() {
                None => { p.share { b { "–" } " " span { "not computable on any of " (many(trend.points.len(), "day")) } } },
                Some((last, number)) => {
                    p.share { b { (with_unit(trend, *number)) } " " span { "on " time { (last.date) } } }
                    p.small { (standing(trend, *number)) (moved(trend, &known)) (holes(trend, known.len())) }
                    (picture(trend))
                    (ends(trend))
                }
            }
            (numbers(trend))
        }
    }
}

fn with_unit(trend: &Trend, number: Number) -> String {
    match trend.unit.as_ref().map(|unit| unit.as_str()) {
        None => number.to_string(),
        Some("%") => format!("{number}%"),
        Some(unit) => format!("{number} {unit}"),
    }
}

/// Whether the last number is where it should be.
fn standing(trend: &Trend, last: Number) -> String {
    let Some(target) = trend.target else { return "no target is set".to_owned() };
    let (value, wanted) = (float(last), float(target));
    let meets = if trend.lower_is_better { value <= wanted } else { value >= wanted };
    let word = if trend.lower_is_better { "at most" } else { "at least" };
    let glyph = if meets { "✓ meets" } else { "✗ misses" };
    format!("{glyph} its target of {word} {}", with_unit(trend, target))
}

fn moved(trend: &Trend, known: &[(&Point, Number)]) -> String {
    let (Some((first, was)), Some((last, is))) = (known.first(), known.last()) else { return String::new() };
    let is_one = first.date == last.date;
    if is_one {
        String::new()
    } else {
        format!("; it was {} on {}", with_unit(trend, *was), first.date) + if was == is { " too" } else { "" }
    }
}

fn holes(trend: &Trend, known: usize) -> String {
    match trend.points.len() - known {
        0 => String::new(),
        holes => format!("; not computable on {} of {}", holes, many(trend.points.len(), "day")),
    }
}

/// A number as it is drawn.
fn float(number: Number) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a picture is a thousand units wide")]
    let digits = number.digits as f64;
    digits / 10_f64.powi(i32::from(number.decimals))
}

// ---- the picture

/// Where numbers and days stand in the picture. Numbers begin at zero, so that no small change looks like a large one.
struct Scale {
    first: jiff::civil::Date,
    days: f64,
    least: f64,
    range: f64,
}

impl Scale {
    fn of(trend: &Trend) -> Option<Self> {
        let (first, last) = (trend.points.first()?.date, trend.points.last()?.date);
        let values = trend.points.iter().filter_map(|point| point.value).chain(trend.target).map(float);
        let (mut least, mut most) =
            values.fold((0.0_f64, 0.0_f64), |(least, most), one| (least.min(one), most.max(one)));
        if trend.unit.as_ref().is_some_and(|unit| unit.as_str() == "%") {
            (least, most) = (least.min(0.0), most.max(100.0));
        }
        Some(Self { first, days: days(first, last).max(1.0), least, range: (most - least).max(f64::MIN_POSITIVE) })
    }

    fn x(&self, point: &Point) -> i64 {
        whole((days(self.first, point.date) / self.days) * (WIDTH - 2.0 * MARGIN) + MARGIN)
    }

    fn y(&self, number: Number) -> i64 {
        whole(HEIGHT - MARGIN - (float(number) - self.least) / self.range * (HEIGHT - 2.0 * MARGIN))
    }
}

fn days(from: jiff::civil::Date, to: jiff::civil::Date) -> f64 {
    from.until(to).map_or(0.0, |span| f64::from(span.get_days()))
}

#[expect(clippy::cast_possible_truncation, reason = "it lies within the picture")]
fn whole(value: f64) -> i64 {
    value.round() as i64
}

fn picture(trend: &Trend) -> Markup {
    let Some(scale) = Scale::of(trend) else { return html! {} };
    let (line, dots) = line(trend, &scale);
    html! {
        svg.line role="img" viewBox="0 0 1000 100" preserveAspectRatio="none" {
            title { (words_of(trend)) }
            desc { "The numbers are in the table under the picture." }
            @if let Some(target) = trend.target {
                @let height = scale.y(target);
                path.target vector-effect="non-scaling-stroke" d=(format!("M0 {height}H1000")) {}
            }
            path.values vector-effect="non-scaling-stroke" d=(line) {}
            path.dots vector-effect="non-scaling-stroke" d=(dots) {}
        }
    }
}

/// The name of a picture, in which no element can stand.
fn words_of(trend: &Trend) -> String {
    super::text::plain(trend.label.as_str())
}

/// The line, which has a hole where a day has no number; and a dot for the last number and for each between two holes.
fn line(trend: &Trend, scale: &Scale) -> (String, String) {
    let (mut line, mut dots) = (String::new(), String::new());
    let mut is_down = false;
    for (position, point) in trend.points.iter().enumerate() {
        let Some(number) = point.value else {
            is_down = false;
            continue;
        };
        let next = trend.points.get(position + 1);
        let (x, y) = (scale.x(point), scale.y(number));
        line += &format!("{}{x} {y}", if is_down { "L" } else { "M" });
        if next.is_none() || (!is_down && next.is_some_and(|next| next.value.is_none())) {
            dots += &format!("M{x} {y}h0");
        }
        is_down = true;
    }
    (line, dots)
}

/// The days at both ends of the picture, and what its height stands for.
fn ends(trend: &Trend) -> Markup {
    html! {
        @if let (Some(first), Some(last)) = (trend.points.first(), trend.points.last()) {
            p.ends { time { (first.date) } @if first.date != last.date { time { (last.date) } } }
        }
    }
}

fn numbers(trend: &Trend) -> Markup {
    let skipped = trend.points.len().saturating_sub(MAX_LISTED);
    html! {
        details.numbers-of {
            summary { "Numbers" }
            table.numbers {
                caption.hidden { "The numbers of " (words(trend.label.as_str())) }
                thead { tr { th scope="col" { "Day" } th.number scope="col" { "Value" } } }
                tbody {
                    @for point in trend.points.iter().skip(skipped) {
                        tr {
                            th scope="row" { time { (point.date) } }
                            td.number { @match point.value { Some(number) => { (with_unit(trend, number)) }, None => { span.small { "not computable" } } } }
                        }
                    }
                }
            }
            @if skipped > 0 { p.left-out { "… " (many(skipped, "earlier day")) "." } }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn sample(values: &[Option<i64>]) -> Trend {
        let points = values
            .iter()
            .zip(1..)
            .map(|(value, day)| Point { date: date(2026, 11, day), value: value.map(Number::from) });
        Trend {
            key: "k".into(),
            label: "Patch compliance".into(),
            unit: Some("%".into()),
            points: points.collect(),
            target: Some(95.into()),
            lower_is_better: false,
        }
    }

    #[test]
    fn a_day_without_a_number_is_a_hole_and_never_a_zero() {
        let one = sample(&[Some(0), Some(50), None, Some(100)]);
        let scale = Scale::of(&one).unwrap();
        assert_eq!(line(&one, &scale), ("M6 94L335 50M994 6".to_owned(), "M994 6h0".to_owned()));
        let text = trend(&one).into_string();
        assert!(text.contains("not computable on 1 of 4 days") && text.contains("✓ meets its target of at least 95%"));
    }

    #[test]
    fn what_was_never_computable_has_no_picture() {
        let text = trend(&sample(&[None, None])).into_string();
        assert!(text.contains("not computable on any of 2 days") && !text.contains("<svg"), "{text}");
    }

    #[test]
    fn one_number_is_a_dot() {
        let one = sample(&[Some(97)]);
        assert_eq!(line(&one, &Scale::of(&one).unwrap()).1, "M6 9h0");
    }
}
