//! Patterns: combinations of facet values that recur more often than chance.
