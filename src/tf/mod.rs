//! Terraform's vocabulary: values, schemas, rules, diagnostics, and the traits of what a provider serves.
