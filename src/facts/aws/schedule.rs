//! Schedules: how long it takes from one time to the next, at the most.
//!
//! `rate(10 days)` and `cron(minutes hours day-of-month month day-of-week year)`, as the schedulers of AWS read them
//! (docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html).

/// The longest time between two runs, in whole days, rounded up; `None` for what is no schedule, or one that ends.
pub(super) fn longest_days(expression: &str) -> Option<i64> {
    let inside = |name: &str| expression.trim().strip_prefix(name)?.trim().strip_prefix('(')?.strip_suffix(')');
    match (inside("rate"), inside("cron")) {
        (Some(rate), _) => of_rate(rate),
        (None, Some(cron)) => of_cron(cron),
        (None, None) => None,
    }
}

fn of_rate(rate: &str) -> Option<i64> {
    let (number, unit) = rate.trim().split_once(' ')?;
    let number: i64 = number.parse().ok().filter(|number| *number > 0)?;
    Some(match unit.trim().trim_end_matches('s') {
        "minute" => number.div_ceil_days(24 * 60),
        "hour" => number.div_ceil_days(24),
        "day" => number,
        _ => return None,
    })
}

/// Division that rounds up, which the standard library has for unsigned numbers only.
trait DivCeil {
    fn div_ceil_days(self, by: i64) -> i64;
}

impl DivCeil for i64 {
    fn div_ceil_days(self, by: i64) -> i64 {
        self.saturating_add(by - 1) / by
    }
}

fn of_cron(cron: &str) -> Option<i64> {
    let fields: Vec<&str> = cron.split_whitespace().collect();
    let &[_, _, day, month, weekday, year] = fields.as_slice() else { return None };
    let is_any = |field: &str| matches!(field, "*" | "?");
    if !is_any(year) {
        return None;
    }
    if !is_any(month) {
        // The longest months are 31 days, and within a month of its turn it may run on its last day or its first.
        let months = gap(month, &MONTHS, 12)?;
        return Some(if months == 1 { of_days(day, weekday)? } else { months * 31 });
    }
    of_days(day, weekday)
}

fn of_days(day: &str, weekday: &str) -> Option<i64> {
    match (day, weekday) {
        ("*" | "?", "*" | "?") => Some(1),
        ("*" | "?", weekday) => gap(weekday, &WEEKDAYS, 7),
        // The last day, or the working day nearest to one: once a month.
        (day, _) if day.starts_with('L') || day.ends_with('W') => Some(31),
        (day, _) => gap(day, &[], 31),
    }
}

const MONTHS: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/// The longest way from one value of a field to the next, round and round.
fn gap(field: &str, names: &[&str], cycle: i64) -> Option<i64> {
    // `3#2` and `5L`: the second Tuesday, the last Thursday of the month.
    if field.contains('#') || (field.len() > 1 && field.ends_with('L')) {
        return Some(35);
    }
    let mut values = Vec::new();
    for part in field.split(',') {
        values.extend(values_of(part, names, cycle)?);
    }
    values.sort_unstable();
    values.dedup();
    let (first, last) = (*values.first()?, *values.last()?);
    let steps = values.windows(2).map(|pair| pair.iter().sum::<i64>() - 2 * pair.first().copied().unwrap_or_default());
    steps.chain([first + cycle - last]).max()
}

fn values_of(part: &str, names: &[&str], cycle: i64) -> Option<Vec<i64>> {
    let value = |word: &str| {
        let by_name =
            || names.iter().position(|name| name.eq_ignore_ascii_case(word)).map(|position| position as i64 + 1);
        word.parse().ok().or_else(by_name).filter(|value| (1..=cycle).contains(value))
    };
    let (range, step) = part.split_once('/').map_or((part, None), |(range, step)| (range, Some(step)));
    let step: i64 = step.map_or(Some(1), |step| step.parse().ok()).filter(|step| *step > 0)?;
    let (from, to) = match range.split_once('-') {
        _ if range == "*" => (1, cycle),
        Some((from, to)) => (value(from)?, value(to)?),
        None if part.contains('/') => (value(range)?, cycle),
        None => (value(range)?, value(range)?),
    };
    Some((from..=to).step_by(usize::try_from(step).ok()?).collect())
}

#[cfg(test)]
mod tests {
    use super::longest_days;

    #[test]
    fn rates_are_counted_in_days_rounded_up() {
        let cases = [
            ("rate(1 day)", 1),
            ("rate(30 days)", 30),
            ("rate(4 hours)", 1),
            ("rate(36 hours)", 2),
            ("rate(90 minutes)", 1),
        ];
        for (expression, days) in cases {
            assert_eq!(longest_days(expression), Some(days), "{expression}");
        }
    }

    #[test]
    fn cron_runs_as_seldom_as_its_widest_gap() {
        let cases = [
            ("cron(0 5 ? * * *)", 1),
            ("cron(0 */6 * * ? *)", 1),
            ("cron(0 5 ? * SUN *)", 7),
            ("cron(0 5 ? * 2-6 *)", 3),
            ("cron(0 5 ? * MON,THU *)", 4),
            ("cron(0 5 ? * MON-SUN *)", 0),
            ("cron(0 5 1 * ? *)", 31),
            ("cron(0 5 1,15 * ? *)", 17),
            ("cron(0 5 */7 * ? *)", 7),
            ("cron(0 5 L * ? *)", 31),
            ("cron(0 5 ? * 2#1 *)", 35),
            ("cron(0 5 1 1,7 ? *)", 186),
            ("cron(0 5 1 * ? 2027)", 0),
        ];
        for (expression, days) in cases {
            assert_eq!(longest_days(expression).unwrap_or(0), days, "{expression}");
        }
    }

    #[test]
    fn what_is_no_schedule_has_no_gap() {
        for expression in [
            "",
            "daily",
            "rate()",
            "rate(x days)",
            "rate(1 fortnight)",
            "rate(0 days)",
            "cron(0 5)",
            "cron(0 5 40 * ? *)",
        ] {
            assert_eq!(longest_days(expression), None, "{expression}");
        }
    }
}
