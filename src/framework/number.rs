//! How frameworks number their controls, and which numbers exist.
//!
//! Published mappings name controls that do not exist: names of another edition, statements that lost their letter, controls
//! that were withdrawn. So a file of ours says how its framework numbers, and a number outside of that is an error.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use crate::model::word_enum;

word_enum! {
    /// How a framework numbers its controls.
    Numbering, "numbering" {
        /// CIS benchmarks: `2.3.1`.
        Cis = "cis",
        /// Articles of the GDPR: `Art. 32`.
        Gdpr = "gdpr",
        /// Sections of 45 CFR 164: `164.312(a)(2)(iv)`.
        Hipaa = "hipaa",
        /// Annex A of ISO/IEC 27001:2022: `A.8.24`.
        Iso27001 = "iso-27001-2022",
        /// NIST SP 800-53 revision 4: `SC-28(1)`.
        Nist80053R4 = "nist-800-53-r4",
        /// NIST SP 800-53 revision 5.
        Nist80053R5 = "nist-800-53-r5",
        /// Subcategories of the NIST Cybersecurity Framework 1.1: `PR.DS-1`.
        NistCsf11 = "nist-csf-1.1",
        /// Subcategories of the NIST Cybersecurity Framework 2.0: `PR.DS-01`.
        NistCsf20 = "nist-csf-2.0",
        /// Requirements of PCI DSS 4.0: `3.5.1`.
        PciDss40 = "pci-dss-4.0",
        /// Trust services criteria: `CC6.1`.
        Soc2 = "soc-2",
        /// A framework of your own: any words.
        Free = "free",
    }
}

impl Numbering {
    /// Why a number is none of this numbering; `None` for one that is.
    pub(super) fn problem(self, number: &str) -> Option<String> {
        let exists = match self {
            Self::Cis => is_dotted(number, 2..=4),
            Self::Gdpr => {
                number.strip_prefix("Art. ").and_then(whole).is_some_and(|article| (1..=99).contains(&article))
            }
            Self::Hipaa => is_hipaa(number),
            Self::Iso27001 => in_groups(number, '.', ISO_27001),
            Self::Nist80053R4 => is_nist(number, R4, R4_WITHDRAWN),
            Self::Nist80053R5 => is_nist(number, R5, R5_WITHDRAWN),
            Self::NistCsf11 => in_groups(number, '-', CSF_1_1),
            Self::NistCsf20 => is_csf_2_0(number),
            Self::PciDss40 => is_pci(number),
            Self::Soc2 => in_groups(number, '.', SOC_2),
            Self::Free => !number.is_empty() && number.chars().all(|c| c.is_ascii_graphic() || c == ' '),
        };
        (!exists).then(|| format!("`{number}` is no number of `{self}`"))
    }

    /// A number of this numbering, to show what one looks like.
    pub(super) fn example(self) -> &'static str {
        match self {
            Self::Cis => "2.3.1",
            Self::Gdpr => "Art. 32",
            Self::Hipaa => "164.312(a)(2)(iv)",
            Self::Iso27001 => "A.8.24",
            Self::Nist80053R4 | Self::Nist80053R5 => "SC-28(1)",
            Self::NistCsf11 => "PR.DS-1",
            Self::NistCsf20 => "PR.DS-01",
            Self::PciDss40 => "3.5.1",
            Self::Soc2 => "CC6.1",
            Self::Free => "DB-1",
        }
    }
}

/// The order of numbers: digits by value, everything else by letter.
pub(super) fn natural(a: &str, b: &str) -> Ordering {
    parts(a).cmp(&parts(b))
}

/// A stretch of digits, or of anything else.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Part<'a> {
    Number(u64, &'a str),
    Text(&'a str),
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        parts.push(if digits { Part::Number(part.parse().unwrap_or(u64::MAX), part) } else { Part::Text(part) });
        rest = after;
    }
    parts
}

/// A number without sign or leading zero.
fn whole(text: &str) -> Option<u16> {
    text.parse().ok().filter(|value: &u16| value.to_string() == text)
}

fn is_dotted(number: &str, lengths: std::ops::RangeInclusive<usize>) -> bool {
    lengths.contains(&number.split('.').count()) && number.split('.').all(|part| whole(part).is_some_and(|n| n > 0))
}

/// Whether a number is one of the so many of its group: `CC6.1` is the first of the eight of `CC6`.
fn in_groups(number: &str, between: char, groups: &[(&str, u16)]) -> bool {
    let Some((group, last)) = number.rsplit_once(between) else { return false };
    let most = groups.iter().find(|(name, _)| *name == group).map_or(0, |(_, most)| *most);
    whole(last).is_some_and(|last| (1..=most).contains(&last))
}

/// Annex A: 37 organisational, 8 people, 14 physical and 34 technological controls.
const ISO_27001: &[(&str, u16)] = &[("A.5", 37), ("A.6", 8), ("A.7", 14), ("A.8", 34)];

/// TSP section 100: common criteria, availability, confidentiality, processing integrity, privacy.
const SOC_2: &[(&str, u16)] = &[
    ("A1", 3),
    ("C1", 2),
    ("CC1", 5),
    ("CC2", 3),
    ("CC3", 4),
    ("CC4", 2),
    ("CC5", 3),
    ("CC6", 8),
    ("CC7", 5),
    ("CC8", 1),
    ("CC9", 2),
    ("P1", 1),
    ("P2", 1),
    ("P3", 2),
    ("P4", 3),
    ("P5", 2),
    ("P6", 7),
    ("P7", 1),
    ("P8", 1),
    ("PI1", 5),
];

/// Version 1.1: five functions, 23 categories, 108 subcategories.
const CSF_1_1: &[(&str, u16)] = &[
    ("DE.AE", 5),
    ("DE.CM", 8),
    ("DE.DP", 5),
    ("ID.AM", 6),
    ("ID.BE", 5),
    ("ID.GV", 4),
    ("ID.RA", 6),
    ("ID.RM", 3),
    ("ID.SC", 5),
    ("PR.AC", 7),
    ("PR.AT", 5),
    ("PR.DS", 8),
    ("PR.IP", 12),
    ("PR.MA", 2),
    ("PR.PT", 5),
    ("RC.CO", 3),
    ("RC.IM", 2),
    ("RC.RP", 1),
    ("RS.AN", 5),
    ("RS.CO", 5),
    ("RS.IM", 2),
    ("RS.MI", 3),
    ("RS.RP", 1),
];

/// Version 2.0: six functions, 22 categories, 106 subcategories; their numbers have gaps, since those of version 1.1 that were
/// dropped are not given again.
const CSF_2_0: &[(&str, &[u16])] = &[
    ("DE.AE", &[2, 3, 4, 6, 7, 8]),
    ("DE.CM", &[1, 2, 3, 6, 9]),
    ("GV.OC", &[1, 2, 3, 4, 5]),
    ("GV.OV", &[1, 2, 3]),
    ("GV.PO", &[1, 2]),
    ("GV.RM", &[1, 2, 3, 4, 5, 6, 7]),
    ("GV.RR", &[1, 2, 3, 4]),
    ("GV.SC", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
    ("ID.AM", &[1, 2, 3, 4, 5, 7, 8]),
    ("ID.IM", &[1, 2, 3, 4]),
    ("ID.RA", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
    ("PR.AA", &[1, 2, 3, 4, 5, 6]),
    ("PR.AT", &[1, 2]),
    ("PR.DS", &[1, 2, 10, 11]),
    ("PR.IR", &[1, 2, 3, 4]),
    ("PR.PS", &[1, 2, 3, 4, 5, 6]),
    ("RC.CO", &[3, 4]),
    ("RC.RP", &[1, 2, 3, 4, 5, 6]),
    ("RS.AN", &[3, 6, 7, 8]),
    ("RS.CO", &[2, 3]),
    ("RS.MA", &[1, 2, 3, 4, 5]),
    ("RS.MI", &[1, 2]),
];

fn is_csf_2_0(number: &str) -> bool {
    let Some((category, last)) = number.rsplit_once('-') else { return false };
    let known = CSF_2_0.iter().find(|(name, _)| *name == category).map_or(&[][..], |(_, numbers)| numbers);
    known.iter().any(|number| format!("{number:02}") == last)
}

/// Sections 164.302 to 164.318 of the Security Rule, with their paragraphs: letter, number, roman numeral, capital letter.
fn is_hipaa(number: &str) -> bool {
    let (section, paragraphs) = number.split_at(number.find('(').unwrap_or(number.len()));
    let Some(section) = section.strip_prefix("164.").and_then(whole) else { return false };
    let forms: [fn(&str) -> bool; 4] = [
        |text| text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_lowercase()),
        |text| whole(text).is_some_and(|value| (1..=20).contains(&value)),
        |text| !text.is_empty() && text.bytes().all(|byte| b"ivx".contains(&byte)),
        |text| text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_uppercase()),
    ];
    let inner = paragraphs.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let given: Vec<&str> = inner.map(|inner| inner.split(")(").collect()).unwrap_or_default();
    (302..=318).contains(&section)
        && section % 2 == 0
        && given.len() <= forms.len()
        && (paragraphs.is_empty() || inner.is_some())
        && given.iter().zip(forms).all(|(text, form)| form(text))
}

/// How many requirements each section of PCI DSS 4.0 has, and each requirement that has parts. The list was compared with that of
/// felixatter/PCI-breakout-hosting (commit 825ae26), number by number.
const PCI_4_0: &[(&str, u16)] = &[
    ("1.1", 2),
    ("1.2", 8),
    ("1.3", 3),
    ("1.4", 5),
    ("1.5", 1),
    ("2.1", 2),
    ("2.2", 7),
    ("2.3", 2),
    ("3.1", 2),
    ("3.2", 1),
    ("3.3", 3),
    ("3.3.1", 3),
    ("3.4", 2),
    ("3.5", 1),
    ("3.5.1", 3),
    ("3.6", 1),
    ("3.6.1", 4),
    ("3.7", 9),
    ("4.1", 2),
    ("4.2", 2),
    ("4.2.1", 2),
    ("5.1", 2),
    ("5.2", 3),
    ("5.2.3", 1),
    ("5.3", 5),
    ("5.3.2", 1),
    ("5.4", 1),
    ("6.1", 2),
    ("6.2", 4),
    ("6.2.3", 1),
    ("6.3", 3),
    ("6.4", 3),
    ("6.5", 6),
    ("7.1", 2),
    ("7.2", 6),
    ("7.2.5", 1),
    ("7.3", 3),
    ("8.1", 2),
    ("8.2", 8),
    ("8.3", 11),
    ("8.3.10", 1),
    ("8.4", 3),
    ("8.5", 1),
    ("8.6", 3),
    ("9.1", 2),
    ("9.2", 4),
    ("9.2.1", 1),
    ("9.3", 4),
    ("9.3.1", 1),
    ("9.4", 7),
    ("9.4.1", 2),
    ("9.4.5", 1),
    ("9.5", 1),
    ("9.5.1", 3),
    ("9.5.1.2", 1),
    ("10.1", 2),
    ("10.2", 2),
    ("10.2.1", 7),
    ("10.3", 4),
    ("10.4", 3),
    ("10.4.1", 1),
    ("10.4.2", 1),
    ("10.5", 1),
    ("10.6", 3),
    ("10.7", 3),
    ("11.1", 2),
    ("11.2", 2),
    ("11.3", 2),
    ("11.3.1", 3),
    ("11.3.2", 1),
    ("11.4", 7),
    ("11.5", 2),
    ("11.5.1", 1),
    ("11.6", 1),
    ("12.1", 4),
    ("12.2", 1),
    ("12.3", 4),
    ("12.4", 2),
    ("12.4.2", 1),
    ("12.5", 3),
    ("12.5.2", 1),
    ("12.6", 3),
    ("12.6.3", 2),
    ("12.7", 1),
    ("12.8", 5),
    ("12.9", 2),
    ("12.10", 7),
    ("12.10.4", 1),
    ("A1.1", 4),
    ("A1.2", 3),
    ("A2.1", 3),
    ("A3.1", 4),
    ("A3.2", 6),
    ("A3.3", 3),
    ("A3.4", 1),
    ("A3.5", 1),
];

fn is_pci(number: &str) -> bool {
    in_groups(number, '.', PCI_4_0)
}

/// How many controls each family of revision 4 has.
const R4: &[(&str, u16)] = &[
    ("AC", 25),
    ("AT", 5),
    ("AU", 16),
    ("CA", 9),
    ("CM", 11),
    ("CP", 13),
    ("IA", 11),
    ("IR", 10),
    ("MA", 6),
    ("MP", 8),
    ("PE", 20),
    ("PL", 9),
    ("PM", 16),
    ("PS", 8),
    ("RA", 6),
    ("SA", 22),
    ("SC", 44),
    ("SI", 17),
];

/// How many controls each family of revision 5 has, releases 5.1.1 (IA-13) and 5.2.0 (SA-24) included.
const R5: &[(&str, u16)] = &[
    ("AC", 25),
    ("AT", 6),
    ("AU", 16),
    ("CA", 9),
    ("CM", 14),
    ("CP", 13),
    ("IA", 13),
    ("IR", 10),
    ("MA", 7),
    ("MP", 8),
    ("PE", 23),
    ("PL", 11),
    ("PM", 32),
    ("PS", 9),
    ("PT", 8),
    ("RA", 10),
    ("SA", 24),
    ("SC", 51),
    ("SI", 23),
    ("SR", 12),
];

/// Controls of revision 4 that are withdrawn; of enhancements those that were met in published mappings.
const R4_WITHDRAWN: &[&str] = &[
    "AC-13", "AC-15", "AT-5", "CA-4", "CP-5", "MP-8(5)", "PL-5", "PL-6", "RA-4", "SA-6", "SA-7", "SC-9", "SC-14",
    "SC-33", "SI-9", "AC-3(1)", "AC-3(6)", "SC-7(1)", "SC-7(2)", "SC-7(6)", "AU-6(2)", "CP-9(4)", "SI-4(6)", "SI-4(8)",
];

/// Controls of revision 5 that are withdrawn; of enhancements those of the families that databases meet.
const R5_WITHDRAWN: &[&str] = &[
    "AC-13", "AC-15", "AT-5", "AU-15", "CA-4", "CP-5", "PE-7", "PL-3", "PL-5", "PL-6", "RA-4", "SA-6", "SA-7", "SA-12",
    "SA-13", "SA-14", "SA-18", "SA-19", "SA-22(1)", "SC-9", "SC-14", "SC-19", "SC-33", "SI-9", "AC-2(10)", "AC-3(1)",
    "AC-3(6)", "AC-4(16)", "AC-4(18)", "AC-17(5)", "AC-17(7)", "AC-17(8)", "AU-2(1)", "AU-2(2)", "AU-2(3)", "AU-2(4)",
    "AU-3(2)", "AU-6(2)", "AU-6(10)", "AU-8(1)", "AU-8(2)", "AU-10(5)", "AU-14(2)", "CA-7(2)", "CM-2(1)", "CM-2(4)",
    "CM-2(5)", "CM-5(2)", "CM-5(3)", "CM-5(7)", "CM-6(3)", "CM-6(4)", "CM-8(5)", "CP-9(4)", "CP-10(1)", "CP-10(3)",
    "CP-10(5)", "IA-2(3)", "IA-2(4)", "IA-2(7)", "IA-2(9)", "IA-2(11)", "IA-5(3)", "IA-5(4)", "IA-5(11)", "SC-7(1)",
    "SC-7(2)", "SC-7(6)", "SC-7(19)", "SC-12(4)", "SC-12(5)", "SC-13(1)", "SC-13(2)", "SC-13(3)", "SC-13(4)",
    "SC-23(2)", "SC-23(4)", "SI-2(1)", "SI-3(1)", "SI-3(2)", "SI-3(3)", "SI-3(5)", "SI-3(7)", "SI-3(9)", "SI-4(6)",
    "SI-4(8)", "SI-7(4)", "SI-7(11)", "SI-7(13)", "SI-7(14)", "SI-13(2)",
];

/// Controls without any enhancement: a number in brackets after them is a statement that lost its letter.
const WITHOUT_ENHANCEMENTS: &[&str] = &[
    "AC-1", "AT-1", "AU-1", "CA-1", "CM-1", "CP-1", "IA-1", "IR-1", "MA-1", "MP-1", "PE-1", "PL-1", "PM-1", "PS-1",
    "PT-1", "RA-1", "SA-1", "SC-1", "SI-1", "SR-1",
];

fn is_nist(number: &str, families: &[(&str, u16)], withdrawn: &[&str]) -> bool {
    let (control, enhancement) = number.split_at(number.find('(').unwrap_or(number.len()));
    let inner = enhancement.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let is_enhancement = inner.and_then(whole).is_some_and(|value| (1..=32).contains(&value));
    in_groups(control, '-', families)
        && !withdrawn.contains(&control)
        && !withdrawn.contains(&number)
        && (enhancement.is_empty() || (is_enhancement && !WITHOUT_ENHANCEMENTS.contains(&control)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(numbering: Numbering, numbers: &[&'static str]) -> (Vec<&'static str>, Vec<&'static str>) {
        numbers.iter().partition(|number| numbering.problem(number).is_none())
    }

    #[test]
    fn every_example_is_a_number() {
        for numbering in Numbering::ALL {
            assert_eq!(numbering.problem(numbering.example()), None, "{numbering}");
            assert!(numbering.problem("").is_some(), "{numbering}");
        }
    }

    #[test]
    fn numbers_that_published_mappings_name_and_frameworks_lack_are_refused() {
        let of = |numbering, exist: &[&'static str], lack: &[&'static str]| {
            assert_eq!(sorted(numbering, &[exist, lack].concat()), (exist.to_vec(), lack.to_vec()), "{numbering}");
        };
        of(
            Numbering::Nist80053R5,
            &["AC-2(4)", "SC-7(28)", "IA-13", "AU-12"],
            &[
                "AC-3(1)", "SC-7(2)", "CP-1(2)", "SI-1(1)", "AC-26", "XX-1", "AC-2(g)", "AC-2(0)", "AC-02", "SC-7(33)",
                "AC-3()",
            ],
        );
        of(Numbering::Nist80053R4, &["AC-2(4)", "SI-4(16)", "CM-11"], &["CM-12", "PT-1", "AU-6(2)"]);
        of(Numbering::NistCsf11, &["PR.DS-1", "RC.RP-1"], &["RP-1", "PR.DS-01", "PR.DS-9", "GV.OC-1"]);
        of(Numbering::NistCsf20, &["PR.DS-01", "DE.CM-09"], &["PR.DS-1", "DE.CM-7", "DE.CM-04", "PR.AC-03"]);
        of(
            Numbering::PciDss40,
            &["3.5.1", "3.5.1.3", "10.2.1.7", "A1.1.2"],
            &["3.5", "3.5.2", "8.3.12", "3.5.1.4", "3.5.1.a"],
        );
        of(Numbering::Iso27001, &["A.5.37", "A.8.34"], &["A.8.35", "A.9.1", "8.24", "A.12.4.1"]);
        of(Numbering::Soc2, &["CC6.1", "A1.3", "PI1.5", "P8.1"], &["CC6.9", "A1.4", "CC10.1"]);
        of(
            Numbering::Hipaa,
            &["164.312(a)(2)(iv)", "164.308(a)(1)(ii)(D)", "164.312(b)", "164.306"],
            &[
                "164.502(b)",
                "164.312(a)(2)(iv)(",
                "164.312a",
                "164.312(a)(ii)",
                "164.311(a)",
                "164.312()",
                "164.312(a)(1)(i)(A)(1)",
            ],
        );
        of(Numbering::Gdpr, &["Art. 5", "Art. 99"], &["Art. 100", "Article 5", "Art. 5(1)"]);
        of(Numbering::Cis, &["2.3.1", "3.6"], &["2", "2.0.1", "2.3.1a", "1.2.3.4.5"]);
        of(Numbering::Free, &["DB-1", "a b"], &["a\nb"]);
    }

    #[test]
    fn csf_has_as_many_subcategories_as_its_publisher_says() {
        assert_eq!(CSF_1_1.iter().map(|(_, most)| usize::from(*most)).sum::<usize>(), 108);
        assert_eq!(CSF_2_0.iter().map(|(_, numbers)| numbers.len()).sum::<usize>(), 106);
    }

    #[test]
    fn digits_are_ordered_by_value() {
        let mut numbers = vec!["AC-17", "AC-2(10)", "AC-2", "10.2", "9.1", "AC-2(4)"];
        numbers.sort_by(|a, b| natural(a, b));
        assert_eq!(numbers, ["9.1", "10.2", "AC-2", "AC-2(4)", "AC-2(10)", "AC-17"]);
    }
}
