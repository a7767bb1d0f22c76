//! Resources x rules -> verdicts, in parallel, memoised.
