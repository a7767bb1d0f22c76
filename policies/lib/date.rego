# Days between dates. An instant counts as the date that it is written with: `2026-08-22T23:10:00Z` is 2026-08-22.
package dbkeel.lib.date

days(from, to) := floor((midnight(to) - midnight(from)) / nanoseconds_a_day)

nanoseconds_a_day := ((24 * 60) * 60) * 1000000000

midnight(when) := time.parse_rfc3339_ns(sprintf("%sT00:00:00Z", [substring(when, 0, 10)]))

# Whole hours between two instants.
hours(from, to) := floor((time.parse_rfc3339_ns(to) - time.parse_rfc3339_ns(from)) / nanoseconds_an_hour)

nanoseconds_an_hour := (60 * 60) * 1000000000
