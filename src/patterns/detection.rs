//! Who noticed incidents, and how soon.
