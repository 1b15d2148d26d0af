//! What is to be known of one value of a facet: its share, when it was seen, how long its incidents took.
