//! What the engine knows of reports beside tantivy's postings.
//!
//! **Columns** are read on opening: a report's date and number of documents, and each document's length as one
//! of sixteen classes. **Records** are what a result shows. They lie in compressed blocks of [`BLOCK`] reports,
//! so ten results cost at most ten reads of a few kilobytes, and the headings that reports share cost next to
//! nothing. The **texts** that snippets are cut from lie in smaller blocks of [`TEXTS`] reports, and the record
//! block knows where.

use std::io;
use std::ops::Range;

use super::pack::{pack, unpack};
use super::values::{ValueWriter, Values};
use super::wire::{Put, Take, broken, unzigzag, zigzag};
use crate::report::{Passage, Report};

/// Reports in one block of records.
const BLOCK: usize = 8;
/// Reports in one block of texts.
const TEXTS: usize = 2;
/// Bytes of a passage that are kept to show a piece of them.
const TEXT_MAX: usize = 1 << 16;

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
    tables: Tables,
    /// The open block of records.
    block: Vec<u8>,
    /// The sizes of the text blocks that belong to it.
    text_blocks: Vec<usize>,
    /// The open block of texts.
    text: Vec<u8>,
    values: ValueWriter,
}

/// The tables of a segment.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    /// Date and number of passages of each report.
    reports: Vec<(Option<i32>, usize)>,
    classes: Vec<u8>,
    blocks: Vec<Block>,
    records: Vec<u8>,
    texts: Vec<u8>,
    /// The sizes in the file of the blocks of texts.
    text_sizes: Vec<u64>,
    values: Values,
}

/// A block of records.
#[derive(Debug, Clone, Copy)]
struct Block {
    reports: usize,
    /// Its size in the file, packed.
    size: usize,
    /// The size in the file of the texts that belong to it.
    texts: usize,
}

/// The tables of all segments as bytes.
#[derive(Debug, Default)]
pub(crate) struct Written {
    pub(crate) columns: Vec<u8>,
    pub(crate) values: Vec<u8>,
    pub(crate) records: Vec<u8>,
    pub(crate) texts: Vec<u8>,
    pub(crate) blocks: Blocks,
}

/// The sizes of blocks in the file.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    pub(crate) records: Vec<u64>,
    pub(crate) texts: Vec<u64>,
}

impl TableWriter {
    pub(crate) fn add(&mut self, report: &Report, passages: &[Passage]) {
        let tables = &mut self.tables;
        tables.reports.push((report.date, passages.len()));
        // A report's own document is its title and its names.
        let names = report.names.iter().flat_map(|name| name.all()).map(str::len);
        tables.classes.push(length_class(report.title.len() + names.sum::<usize>()));
        for passage in passages {
            tables.classes.push(length_class(passage.heading.len() + passage.text.len()));
        }
        self.values.add(&report.names);
        self.record(report, passages);
        self.text(passages);
        if self.tables.reports.len().is_multiple_of(BLOCK) {
            self.close_block();
        }
    }

    fn record(&mut self, report: &Report, passages: &[Passage]) {
        let block = &mut self.block;
        for text in [report.key, report.title, report.url, report.lang, report.status] {
            block.text(text);
        }
        // Most ids are in the address.
        block.optional(report.id);
        block.optional(report.severity);
        block.number(report.services.len() as u64);
        for service in &report.services {
            block.text(service);
        }
        block.number(passages.len() as u64);
        let mut line = 0;
        for passage in passages {
            block.text(passage.heading);
            block.text(passage.anchor);
            block.optional(passage.kind);
            block.number(passage.line.saturating_sub(line) as u64);
            line = line.max(passage.line);
        }
    }

    fn text(&mut self, passages: &[Passage]) {
        self.text.number(passages.len() as u64);
        for passage in passages {
            let text = passage.text;
            let end = (0..=text.len().min(TEXT_MAX)).rev().find(|&at| text.is_char_boundary(at));
            self.text.text(&text[..end.unwrap_or(0)]);
        }
        if self.tables.reports.len().is_multiple_of(TEXTS) {
            self.close_text();
        }
    }

    fn close_text(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let packed = pack(&self.text);
        self.text_blocks.push(packed.len());
        self.tables.texts.extend_from_slice(&packed);
        self.tables.text_sizes.push(packed.len() as u64);
        self.text.clear();
    }

    fn close_block(&mut self) {
        self.close_text();
        if self.block.is_empty() {
            return;
        }
        let mut block = Vec::new();
        block.number(self.text_blocks.len() as u64);
        for size in &self.text_blocks {
            block.number(*size as u64);
        }
        block.append(&mut self.block);
        let packed = pack(&block);
        let tables = &mut self.tables;
        let before: usize = tables.blocks.iter().map(|block| block.reports).sum();
        tables.blocks.push(Block {
            reports: tables.reports.len() - before,
            size: packed.len(),
            texts: self.text_blocks.drain(..).sum(),
        });
        tables.records.extend_from_slice(&packed);
    }

    pub(crate) fn finish(mut self) -> Tables {
        self.close_block();
        self.tables.values = self.values.finish();
        self.tables
    }
}

/// Writes the tables of all segments as one.
pub(crate) fn write(segments: Vec<Tables>) -> Written {
    let mut written = Written::default();
    let columns = &mut written.columns;
    columns.number(segments.iter().map(|tables| tables.reports.len() as u64).sum());
    columns.number(segments.iter().map(|tables| tables.classes.len() as u64).sum());
    let mut before = 0;
    for (date, passages) in segments.iter().flat_map(|tables| &tables.reports) {
        columns.number(*passages as u64);
        // Undated is one number, a date the distance from the one before.
        match date {
            Some(date) => {
                let day = day_number(*date);
                columns.number(zigzag(day - before) + 1);
                before = day;
            }
            None => columns.number(0),
        }
    }
    columns.number(segments.iter().map(|tables| tables.blocks.len() as u64).sum());
    for block in segments.iter().flat_map(|tables| &tables.blocks) {
        for number in [block.reports, block.size, block.texts] {
            columns.number(number as u64);
        }
    }
    let classes: Vec<u8> =
        segments.iter().flat_map(|tables| tables.classes.iter().copied()).collect();
    for pair in classes.chunks(2) {
        columns.push(pair[0] | pair.get(1).copied().unwrap_or(0) << 4);
    }
    let mut values = Values::default();
    for mut tables in segments {
        written.records.append(&mut tables.records);
        written.texts.append(&mut tables.texts);
        written.blocks.records.extend(tables.blocks.iter().map(|block| block.size as u64));
        written.blocks.texts.append(&mut tables.text_sizes);
        values.append(tables.values);
    }
    written.values = values.write();
    written
}

/// The columns of a bundle, unpacked.
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
    blocks: Vec<Block>,
}

/// Where a block of records lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// In the records.
    pub(crate) range: Range<u64>,
    /// The place in it of the report that was asked for.
    pub(crate) within: usize,
    /// Where its texts begin.
    pub(crate) texts: u64,
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
            classes: Vec::with_capacity(documents + 1),
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
        for _ in 0..take.count()? {
            let (reports, size, texts) = (take.size()?, take.size()?, take.size()?);
            columns.blocks.push(Block { reports, size, texts });
        }
        for &pair in take.bytes(documents.div_ceil(2))? {
            columns.classes.push(pair & 15);
            columns.classes.push(pair >> 4);
        }
        columns.classes.truncate(documents);
        Ok(columns)
    }

    /// Where the block that holds `report` lies.
    pub(crate) fn place(&self, report: usize) -> io::Result<Place> {
        let (mut first, mut start, mut texts) = (0, 0, 0);
        for block in &self.blocks {
            if report < first + block.reports {
                let range = start..start + block.size as u64;
                return Ok(Place { range, within: report - first, texts });
            }
            first += block.reports;
            start += block.size as u64;
            texts += block.texts as u64;
        }
        Err(broken())
    }
}

/// A block of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Records {
    pub(crate) records: Vec<Record>,
    /// The sizes of the blocks of its texts.
    texts: Vec<usize>,
}

/// What a result shows of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) url: String,
    pub(crate) lang: String,
    pub(crate) status: String,
    pub(crate) id: Option<String>,
    pub(crate) severity: Option<String>,
    pub(crate) services: Vec<String>,
    pub(crate) passages: Vec<Head>,
}

/// What a result shows of a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) heading: String,
    pub(crate) anchor: String,
    pub(crate) kind: Option<String>,
    pub(crate) line: usize,
}

impl Records {
    /// # Errors
    /// `InvalidData` if the block cannot be unpacked or read.
    pub(crate) fn read(packed: &[u8]) -> io::Result<Self> {
        let block = unpack(packed)?;
        let mut take = Take(&block);
        let mut texts = Vec::new();
        for _ in 0..take.count()? {
            texts.push(take.size()?);
        }
        let mut records = Vec::new();
        while !take.0.is_empty() {
            records.push(Record::read(&mut take)?);
        }
        Ok(Self { records, texts })
    }

    /// Where the block lies, from the beginning of this block's texts, that has those of the report at
    /// `within`.
    pub(crate) fn texts(&self, within: usize) -> io::Result<Range<u64>> {
        let block = within / TEXTS;
        let size = *self.texts.get(block).ok_or_else(broken)?;
        let start: usize = self.texts[..block].iter().sum();
        Ok(start as u64..(start + size) as u64)
    }
}

impl Record {
    fn read(take: &mut Take<'_>) -> io::Result<Self> {
        let mut text = || take.text().map(str::to_owned);
        let (key, title, url, lang, status) = (text()?, text()?, text()?, text()?, text()?);
        let id = take.optional()?.map(str::to_owned);
        let severity = take.optional()?.map(str::to_owned);
        let services = (0..take.count()?)
            .map(|_| take.text().map(str::to_owned))
            .collect::<io::Result<_>>()?;
        let mut line = 0;
        let passages = (0..take.count()?)
            .map(|_| {
                let (heading, anchor) = (take.text()?.to_owned(), take.text()?.to_owned());
                let kind = take.optional()?.map(str::to_owned);
                line = take.size()?.saturating_add(line);
                Ok(Head { heading, anchor, kind, line })
            })
            .collect::<io::Result<_>>()?;
        Ok(Self { key, title, url, lang, status, id, severity, services, passages })
    }
}

/// The texts of the passages of the report at `within` its block of records.
///
/// # Errors
/// `InvalidData` if the block cannot be unpacked or read.
pub(crate) fn texts(packed: &[u8], within: usize) -> io::Result<Vec<String>> {
    let block = unpack(packed)?;
    let mut take = Take(&block);
    for _ in 0..within % TEXTS {
        for _ in 0..take.count()? {
            take.text()?;
        }
    }
    (0..take.count()?).map(|_| take.text().map(str::to_owned)).collect()
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
    use std::ops::Range;

    use super::{BLOCK, Columns, Records, TableWriter, length_class, texts, write};
    use crate::report::{Passage, Report};

    fn slice(bytes: &[u8], range: &Range<u64>) -> Vec<u8> {
        let at = |at: u64| usize::try_from(at).expect("small");
        bytes[at(range.start)..at(range.end)].to_vec()
    }

    #[test]
    fn tables_give_back_what_was_written() {
        let titles: Vec<String> = (0..2 * BLOCK + 7).map(|n| format!("장애 {n}")).collect();
        let bodies: Vec<String> =
            (0..titles.len()).map(|n| format!("{n}").repeat(n * 40)).collect();
        let dates = [Some(20_260_131), None, Some(20_241_231), Some(20_260_201)];
        let mut segments = Vec::new();
        // The first segment ends within a block.
        for part in [0..BLOCK + 3, BLOCK + 3..titles.len()] {
            let mut writer = TableWriter::default();
            for n in part {
                let report = Report {
                    key: &titles[n],
                    title: &titles[n],
                    date: dates[n % 4],
                    services: vec!["pay"],
                    ..Report::default()
                };
                let passage = |line| Passage {
                    heading: "요약",
                    line,
                    text: &bodies[n],
                    ..Passage::default()
                };
                let passages: Vec<Passage> = (0..n % 3).map(|at| passage(10 + at)).collect();
                writer.add(&report, &passages);
            }
            segments.push(writer.finish());
        }
        let tables = write(segments);
        let columns = Columns::read(&tables.columns).expect("just written");
        assert_eq!(columns.dates[..4], [20_260_131, 0, 20_241_231, 20_260_201]);
        assert_eq!(columns.first[..4], [0, 1, 3, 6]);
        assert_eq!(columns.report_of[..4], [0, 1, 1, 2]);
        assert_eq!(columns.classes[2], length_class(6 + 40));
        for (n, title) in titles.iter().enumerate() {
            let place = columns.place(n).expect("in a block");
            let found = Records::read(&slice(&tables.records, &place.range)).expect("just written");
            let record = &found.records[place.within];
            assert_eq!((&record.title, record.passages.len()), (title, n % 3));
            assert!(record.passages.iter().map(|head| head.line).eq(10..10 + n % 3));
            let range = found.texts(place.within).expect("just written");
            let range = place.texts + range.start..place.texts + range.end;
            let found = texts(&slice(&tables.texts, &range), place.within);
            assert_eq!(found.ok(), Some(vec![bodies[n].clone(); n % 3]));
        }
        assert!(columns.place(titles.len()).is_err());
        for cut in 0..tables.columns.len() {
            assert!(Columns::read(&tables.columns[..cut]).is_err());
        }
    }
}
