//! The values of each report's facets, to count how many of the results have which.

use std::collections::BTreeMap;
use std::io;

use super::pack::{pack, unpack};
use super::wire::{Put, Take, broken};
use crate::report::{Facet, Name};

/// Facets that are counted: what people narrow a search by.
const COUNTED: [Facet; 8] = [
    Facet::Service,
    Facet::Severity,
    Facet::Cause,
    Facet::Trigger,
    Facet::Status,
    Facet::Team,
    Facet::Kind,
    Facet::Tag,
];

/// Gathers the values of reports.
#[derive(Debug, Default)]
pub(crate) struct ValueWriter {
    places: BTreeMap<(Facet, String), u32>,
    values: Values,
}

/// The values of reports.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Values {
    pub(crate) entries: Vec<Entry>,
    /// Where the values of each report end in `of`.
    ends: Vec<usize>,
    of: Vec<u32>,
}

/// A value that reports have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) facet: Facet,
    pub(crate) value: String,
    /// English and Korean.
    pub(crate) labels: Option<[String; 2]>,
}

impl ValueWriter {
    pub(crate) fn add(&mut self, names: &[Name]) {
        let start = self.values.of.len();
        for name in names.iter().filter(|name| COUNTED.contains(&name.facet)) {
            let labels = name.labels.map(|labels| labels.map(str::to_owned));
            let place =
                self.place(Entry { facet: name.facet, value: name.value.to_owned(), labels });
            if !self.values.of[start..].contains(&place) {
                self.values.of.push(place);
            }
        }
        self.values.ends.push(self.values.of.len());
    }

    /// The place of an entry. Nobody has four billion of them.
    fn place(&mut self, entry: Entry) -> u32 {
        let next = u32::try_from(self.values.entries.len()).unwrap_or(u32::MAX);
        let key = (entry.facet, entry.value.clone());
        *self.places.entry(key).or_insert_with(|| {
            self.values.entries.push(entry);
            next
        })
    }

    pub(crate) fn finish(self) -> Values {
        self.values
    }
}

impl Values {
    /// The places in `entries` of a report's values.
    pub(crate) fn of(&self, report: usize) -> &[u32] {
        let start = report.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.ends.get(report).and_then(|&end| self.of.get(start..end)).unwrap_or_default()
    }

    /// Adds the reports of another segment behind these.
    pub(crate) fn append(&mut self, other: Self) {
        let entries = std::mem::take(&mut self.entries);
        let mut writer = ValueWriter { values: std::mem::take(self), ..ValueWriter::default() };
        for entry in entries {
            writer.place(entry);
        }
        let moved: Vec<u32> = other.entries.into_iter().map(|entry| writer.place(entry)).collect();
        let start = writer.values.of.len();
        writer.values.of.extend(other.of.iter().map(|&place| moved[place as usize]));
        writer.values.ends.extend(other.ends.iter().map(|end| start + end));
        *self = writer.values;
    }

    pub(crate) fn write(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        bytes.number(self.entries.len() as u64);
        for entry in &self.entries {
            bytes.push(u8::try_from(u32::from(entry.facet.letter())).unwrap_or_default());
            bytes.text(&entry.value);
            let [en, ko] =
                entry.labels.as_ref().map_or([None; 2], |[en, ko]| [Some(&**en), Some(&**ko)]);
            bytes.optional(en);
            bytes.optional(ko);
        }
        bytes.number(self.ends.len() as u64);
        for report in 0..self.ends.len() {
            let of = self.of(report);
            bytes.number(of.len() as u64);
            for &place in of {
                bytes.number(u64::from(place));
            }
        }
        pack(&bytes)
    }

    /// # Errors
    /// `InvalidData` if the bytes are no values.
    pub(crate) fn read(packed: &[u8]) -> io::Result<Self> {
        let bytes = unpack(packed)?;
        let mut take = Take(&bytes);
        let mut values = Self::default();
        for _ in 0..take.count()? {
            let letter = char::from(take.bytes(1)?[0]);
            let facet = COUNTED.into_iter().find(|facet| facet.letter() == letter);
            let value = take.text()?.to_owned();
            let labels = [take.optional()?, take.optional()?];
            let labels = match labels {
                [Some(en), Some(ko)] => Some([en.to_owned(), ko.to_owned()]),
                _ => None,
            };
            values.entries.push(Entry { facet: facet.ok_or_else(broken)?, value, labels });
        }
        for _ in 0..take.count()? {
            for _ in 0..take.count()? {
                let place = u32::try_from(take.number()?).map_err(io::Error::other)?;
                if place as usize >= values.entries.len() {
                    return Err(broken());
                }
                values.of.push(place);
            }
            values.ends.push(values.of.len());
        }
        Ok(values)
    }
}

#[cfg(test)]
mod tests {
    use super::{ValueWriter, Values};
    use crate::report::{Facet, Name};

    #[test]
    fn values_survive_segments_and_bytes() {
        let service = |value| Name { value, ..Name::default() };
        let cause = Name {
            facet: Facet::Cause,
            value: "config",
            labels: Some(["Config", "설정"]),
            ..Name::default()
        };
        let segment = |reports: &[Vec<Name>]| {
            let mut writer = ValueWriter::default();
            reports.iter().for_each(|names| writer.add(names));
            writer.finish()
        };
        let mut values = segment(&[vec![service("a"), cause.clone(), service("a")], vec![]]);
        values.append(segment(&[vec![service("b"), cause, service("a")]]));
        let of = |values: &Values, report| {
            let name = |place: &u32| values.entries[*place as usize].value.clone();
            values.of(report).iter().map(name).collect::<Vec<_>>().join(" ")
        };
        let read = Values::read(&values.write()).expect("just written");
        assert_eq!(read, values);
        assert_eq!([of(&read, 0), of(&read, 1), of(&read, 2)], ["a config", "", "b config a"]);
        assert_eq!(read.entries[1].labels.as_ref().map(|[_, ko]| ko.as_str()), Some("설정"));
        let bytes = values.write();
        assert!((0..bytes.len()).all(|cut| Values::read(&bytes[..cut]).is_err()));
    }
}
