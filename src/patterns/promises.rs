//! What was promised: every action, how it stands, and whose it is.
