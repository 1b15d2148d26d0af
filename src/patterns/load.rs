//! How many incidents fell on a day, a week, a shift.
