//! What went well, where luck helped, what surprised, what was ruled out: lessons across reports.
