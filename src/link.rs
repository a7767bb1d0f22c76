//! Joins a database to what it refers to: cluster, parameter groups, option group, security groups, subnets, key, secret.
