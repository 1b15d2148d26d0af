//! What the engine knows of reports beside tantivy's postings.
//!
//! **Columns** are read whole with the first search: a report's date and number of documents, and each
//! document's length as one of sixteen classes. **Records** are what a result shows. They lie in compressed
//! blocks of [`BLOCK`] reports, so ten results cost at most ten reads of a few kilobytes, and the headings
//! that reports share cost next to nothing.

use std::io;

use super::wire::{Put, Take, broken, unzigzag, zigzag};
use crate::report::{Passage, Report};

/// Reports in one block of records.
pub(crate) const BLOCK: usize = 32;

/// A block of records is never larger than this, whatever a damaged file says.
const BLOCK_MAX: usize = 1 << 28;

/// Lengths, in terms, that the sixteen classes stand for: each one and a half times the one before. Nothing
/// is shorter than the first, lest a passage of three words beat one that says more.
pub(crate) const LENGTHS: [u32; 16] =
    [16, 24, 36, 54, 81, 122, 182, 273, 410, 615, 923, 1384, 2076, 3114, 4671, 7006];

/// The class of a text of `bytes` bytes: a word or a syllable takes about four.
pub(crate) fn length_class(bytes: usize) -> u8 {
    let terms = u32::try_from(bytes / 4).unwrap_or(u32::MAX);
    let class = LENGTHS.iter().position(|&length| terms <= length).unwrap_or(LENGTHS.len() - 1);
    u8::try_from(class).unwrap_or(15)
}

/// Gathers the tables of a segment.
#[derive(Debug, Default)]
pub(crate) struct TableWriter {
    reports: Vec<u8>,
    count: usize,
    date: i64,
    classes: Vec<u8>,
    block: Vec<u8>,
    records: Vec<u8>,
    blocks: Vec<u8>,
}

/// The tables of a segment as bytes.
#[derive(Debug)]
pub(crate) struct Tables {
    pub(crate) columns: Vec<u8>,
    pub(crate) records: Vec<u8>,
}

impl TableWriter {
    pub(crate) fn add(&mut self, report: &Report, passages: &[Passage]) {
        self.count += 1;
        self.reports.number(passages.len() as u64);
        // Undated is one number, a date the distance from the one before.
        match report.date {
            Some(date) => {
                let day = day_number(date);
                self.reports.number(zigzag(day - self.date) + 1);
                self.date = day;
            }
            None => self.reports.number(0),
        }
        // A report's own document is its title and its names.
        let names = report.facets.iter().flat_map(|(_, names)| names).map(|name| name.len());
        self.classes.push(length_class(report.title.len() + names.sum::<usize>()));
        for passage in passages {
            self.classes.push(length_class(passage.heading.len() + passage.text.len()));
        }
        self.record(report, passages);
        if self.count.is_multiple_of(BLOCK) {
            self.close_block();
        }
    }

    fn record(&mut self, report: &Report, passages: &[Passage]) {
        let block = &mut self.block;
        for text in [report.key, report.title, report.url, report.lang, report.status] {
            block.text(text);
        }
        block.optional(report.severity);
        block.number(report.services.len() as u64);
        for service in &report.services {
            block.text(service);
        }
        block.number(passages.len() as u64);
        for passage in passages {
            block.text(passage.heading);
            block.text(passage.anchor);
            block.optional(passage.kind);
        }
    }

    fn close_block(&mut self) {
        if self.block.is_empty() {
            return;
        }
        let packed = lz4_flex::block::compress(&self.block);
        self.blocks.number(packed.len() as u64);
        self.blocks.number(self.block.len() as u64);
        self.records.extend_from_slice(&packed);
        self.block.clear();
    }

    pub(crate) fn finish(mut self) -> Tables {
        self.close_block();
        let mut columns = Vec::new();
        columns.number(self.count as u64);
        columns.number(self.classes.len() as u64);
        columns.extend_from_slice(&self.reports);
        columns.extend_from_slice(&self.blocks);
        for pair in self.classes.chunks(2) {
            columns.push(pair[0] | pair.get(1).copied().unwrap_or(0) << 4);
        }
        Tables { columns, records: self.records }
    }
}

/// The columns of a segment, unpacked.
#[derive(Debug)]
pub(crate) struct Columns {
    /// The first document of each report, and the end of the last.
    pub(crate) first: Vec<u32>,
    /// `yyyymmdd`, or 0.
    pub(crate) dates: Vec<i32>,
    /// The report of each document.
    pub(crate) report_of: Vec<u32>,
    /// The length class of each document.
    pub(crate) classes: Vec<u8>,
    /// Where each block of records ends, and its unpacked size.
    blocks: Vec<(u64, usize)>,
}

impl Columns {
    /// # Errors
    /// `InvalidData` if the bytes are not columns.
    pub(crate) fn read(bytes: &[u8]) -> io::Result<Self> {
        let mut take = Take(bytes);
        let (count, documents) = (take.count()?, take.size()?);
        if documents / 2 > bytes.len() {
            return Err(broken());
        }
        let mut columns = Self {
            first: Vec::with_capacity(count + 1),
            dates: Vec::with_capacity(count),
            report_of: Vec::with_capacity(documents),
            classes: Vec::with_capacity(documents),
            blocks: Vec::new(),
        };
        let mut day = 0;
        for report in 0..count {
            columns.first.push(u32::try_from(columns.report_of.len()).map_err(io::Error::other)?);
            let passages = take.size()?;
            if passages >= documents {
                return Err(broken());
            }
            let report = u32::try_from(report).map_err(io::Error::other)?;
            columns.report_of.extend(std::iter::repeat_n(report, passages + 1));
            columns.dates.push(match take.number()? {
                0 => 0,
                distance => {
                    day += unzigzag(distance - 1);
                    date_of(day)
                }
            });
        }
        columns.first.push(u32::try_from(columns.report_of.len()).map_err(io::Error::other)?);
        if columns.report_of.len() != documents {
            return Err(broken());
        }
        let mut end = 0;
        for _ in 0..count.div_ceil(BLOCK) {
            end += take.number()?;
            let size = take.size()?;
            columns.blocks.push((end, size));
        }
        for &pair in take.bytes(documents.div_ceil(2))? {
            columns.classes.push(pair & 15);
            columns.classes.push(pair >> 4);
        }
        columns.classes.truncate(documents);
        Ok(columns)
    }

    /// Where the block that holds `report` lies in the records, and its unpacked size.
    pub(crate) fn block(&self, report: usize) -> io::Result<(std::ops::Range<u64>, usize)> {
        let block = report / BLOCK;
        let (end, size) = *self.blocks.get(block).ok_or_else(broken)?;
        let start = block.checked_sub(1).map_or(0, |before| self.blocks[before].0);
        if size > BLOCK_MAX { Err(broken()) } else { Ok((start..end, size)) }
    }
}

/// What a result shows of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) url: String,
    pub(crate) lang: String,
    pub(crate) status: String,
    pub(crate) severity: Option<String>,
    pub(crate) services: Vec<String>,
    /// Heading, anchor and meaning of each passage.
    pub(crate) passages: Vec<(String, String, Option<String>)>,
}

/// The records of an unpacked block, for as long as they are readable.
///
/// # Errors
/// `InvalidData` if the block cannot be unpacked or read.
pub(crate) fn records(packed: &[u8], size: usize) -> io::Result<Vec<Record>> {
    let block = lz4_flex::block::decompress(packed, size).map_err(io::Error::other)?;
    let mut take = Take(&block);
    let mut records = Vec::new();
    while !take.0.is_empty() {
        let mut text = || take.text().map(str::to_owned);
        let (key, title, url, lang, status) = (text()?, text()?, text()?, text()?, text()?);
        let severity = take.optional()?.map(str::to_owned);
        let services = (0..take.count()?)
            .map(|_| take.text().map(str::to_owned))
            .collect::<io::Result<_>>()?;
        let passages = (0..take.count()?)
            .map(|_| {
                let (heading, anchor) = (take.text()?.to_owned(), take.text()?.to_owned());
                Ok((heading, anchor, take.optional()?.map(str::to_owned)))
            })
            .collect::<io::Result<_>>()?;
        records.push(Record { key, title, url, lang, status, severity, services, passages });
    }
    Ok(records)
}

/// A date as a number that grows by one most days, so that distances are small.
fn day_number(date: i32) -> i64 {
    let date = i64::from(date);
    (date / 10_000 * 13 + date / 100 % 100) * 32 + date % 100
}

fn date_of(day: i64) -> i32 {
    let (month, day) = (day.div_euclid(32), day.rem_euclid(32));
    i32::try_from(month.div_euclid(13) * 10_000 + month.rem_euclid(13) * 100 + day).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Columns, TableWriter, length_class, records};
    use crate::report::{Passage, Report};

    #[test]
    fn tables_give_back_what_was_written() {
        let titles: Vec<String> = (0..BLOCK + 3).map(|n| format!("장애 {n}")).collect();
        let dates = [Some(20_260_131), None, Some(20_241_231), Some(20_260_201)];
        let mut writer = TableWriter::default();
        for (n, title) in titles.iter().enumerate() {
            let report = Report {
                key: title,
                title,
                date: dates[n % 4],
                services: vec!["pay"],
                ..Report::default()
            };
            let text = "x".repeat(n * 40);
            let passages =
                vec![Passage { heading: "요약", anchor: "s", kind: None, text: &text }; n % 3];
            writer.add(&report, &passages);
        }
        let tables = writer.finish();
        let columns = Columns::read(&tables.columns).expect("just written");
        assert_eq!(columns.dates[..4], [20_260_131, 0, 20_241_231, 20_260_201]);
        assert_eq!(columns.first[..4], [0, 1, 3, 6]);
        assert_eq!(columns.report_of[..4], [0, 1, 1, 2]);
        assert_eq!(columns.classes[2], length_class(6 + 40));
        let (range, size) = columns.block(BLOCK + 1).expect("two blocks");
        let range = usize::try_from(range.start).expect("small")
            ..usize::try_from(range.end).expect("small");
        let found = records(&tables.records[range], size).expect("just written");
        assert_eq!(found.len(), 3);
        assert_eq!(found[1].title, titles[BLOCK + 1]);
        assert_eq!(found[2].passages.len(), (BLOCK + 2) % 3);
        for cut in 0..tables.columns.len() {
            assert!(Columns::read(&tables.columns[..cut]).is_err());
        }
    }
}
