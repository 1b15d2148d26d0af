//! x
mod when;
mod heading;
mod outline;
mod metadata;
mod timeline;
mod actions;
mod placeholder;
