//! What a user can name in HCL: the provider block, resources, data sources and functions.
