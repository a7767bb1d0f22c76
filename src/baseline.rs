//! Baselines: which rules, which tiers, which parameters, which engine versions.
