//! Bars as inline SVG. Each has its numbers in a description, and stands beside them as text.

use maud::{Markup, html};

use super::text::grouped;
use crate::model::VerdictCounts;

/// A piece of a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// The class that colours it.
    pub(super) class: &'static str,
    /// What it counts: `failed`.
    pub(super) label: &'static str,
    /// How many.
    pub(super) count: usize,
}

/// The width of a bar, in units of its own.
const WIDTH: usize = 1_000;

/// The least that a piece takes which is not empty: one of ten thousand is seen too.
const LEAST: usize = 12;

/// The gap between two pieces, so that they are told apart without colour.
const GAP: usize = 4;

/// A bar whose pieces share its width by their counts; nothing when all are empty.
pub(super) fn bar(title: &str, pieces: &[Piece]) -> Markup {
    let pieces: Vec<Piece> = pieces.iter().copied().filter(|piece| piece.count > 0).collect();
    let widths = widths(&pieces);
    let described: Vec<String> =
        pieces.iter().map(|piece| format!("{} {}", grouped(piece.count), piece.label)).collect();
    let mut left = 0;
    let placed = pieces.iter().zip(&widths).map(|(piece, width)| {
        let at = left;
        left += width + GAP;
        (piece.class, at, *width)
    });
    let placed: Vec<_> = placed.collect();
    html! {
        @if !pieces.is_empty() {
            svg.bar role="img" viewBox="0 0 1000 10" preserveAspectRatio="none" {
                title { (title) ": " (described.join(", ")) }
                @for (class, at, width) in placed {
                    rect class=(class) x=(at) y="0" width=(width) height="10" {}
                }
            }
        }
    }
}

/// The widths of pieces, which with the gaps between them add up to the bar's.
fn widths(pieces: &[Piece]) -> Vec<usize> {
    let total: usize = pieces.iter().map(|piece| piece.count).sum();
    let room = WIDTH.saturating_sub(GAP * pieces.len().saturating_sub(1));
    let width = |piece: &Piece| (piece.count * room).checked_div(total).unwrap_or_default().max(LEAST);
    let mut widths: Vec<usize> = pieces.iter().map(width).collect();
    let sum: usize = widths.iter().sum();
    // The widest one gives or takes what rounding and the least width moved.
    if let Some(widest) = widths.iter_mut().max() {
        *widest = (*widest + room).saturating_sub(sum).max(LEAST);
    }
    widths
}

/// The bar of verdicts: what holds, what does not, and what is not known; what does not apply is no part of the whole.
pub(super) fn verdicts(title: &str, counts: &VerdictCounts) -> Markup {
    bar(
        title,
        &[
            Piece { class: "pass", label: "passed", count: counts.pass },
            Piece { class: "waived", label: "waived", count: counts.waived },
            Piece { class: "unknown", label: "unknown", count: counts.unknown },
            Piece { class: "error", label: "errors", count: counts.error },
            Piece { class: "fail", label: "failed", count: counts.fail },
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(counts: &[usize]) -> Vec<Piece> {
        counts.iter().map(|count| Piece { class: "pass", label: "passed", count: *count }).collect()
    }

    #[test]
    fn the_pieces_and_their_gaps_fill_the_bar() {
        for counts in [vec![1], vec![1, 1, 1], vec![1, 20_000], vec![7, 0, 11, 3], vec![1, 1, 1_000_000, 1]] {
            let widths = widths(&pieces(&counts));
            assert_eq!(widths.iter().sum::<usize>() + GAP * (widths.len() - 1), WIDTH, "{counts:?}");
            assert!(widths.iter().all(|width| *width >= LEAST), "{widths:?}");
        }
    }

    #[test]
    fn nothing_has_no_bar() {
        assert_eq!(bar("x", &pieces(&[0, 0])).into_string(), "");
    }
}
