//! What the integration tests look at: rules and their documentation.
