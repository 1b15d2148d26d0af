//! The dashboard in a terminal: small bars, medians with their spread, and what none of it can know.

use jiff::SignedDuration;

use super::panel::{Bar, Panel, print as print_panels, wrapped};
use crate::cli::output::Output;
use crate::cli::table::{cut, left, right, width};
use crate::corpus::FacetKind;
use crate::l10n::{Lang, Message, Text};
use crate::patterns::Collection;
use crate::patterns::durations::{Group, Measure};
use crate::patterns::load::busiest;
use crate::patterns::promises::Tally;
use crate::patterns::statistics::{FEW, Summary};
use crate::patterns::trends::Trends;
use crate::site::duration;

/// Rows of a panel.
const ROWS: usize = 6;
/// More quarters are told by their years.
const QUARTERS: usize = 8;

const INCIDENTS: Text = Text::new("{count} {incident|incidents}", "장애 {count}건");
const PERIOD: Text = Text::new("from {first} to {last}", "{first} ~ {last}");
const NO_REPORTS: Text = Text::new("no reports yet", "아직 보고서가 없습니다");
const NOT_COUNTED: Text = Text::new(
    "Near misses ({misses}) and drills ({drills}) stay out of what follows.",
    "아차 사고 {misses}건과 훈련 {drills}건은 아래 수치에 넣지 않았습니다.",
);
const LATER: Text = Text::new(
    "{count} {incident is|incidents are} dated after today and left out of the calendar.",
    "날짜가 오늘보다 뒤인 장애 {count}건은 시기별 수치에 넣지 않았습니다.",
);
const SEVERITY: Text = Text::new("Severity", "심각도");
const QUARTER: Text = Text::new("Quarter", "분기");
const YEAR: Text = Text::new("Year", "연도");
const NOTICED: Text = Text::new("Who noticed", "누가 먼저 알았나");
const LOAD: Text = Text::new("On-call load, at least", "온콜 부하 (최소한)");
const MISSING: Text = Text::new("What reports do not say", "보고서에 적혀 있지 않은 것");
const PROMISES: Text = Text::new("Promises", "약속");
const MORE: Text = Text::new("and {count} more", "외 {count}개");

pub(super) fn print(
    collection: &Collection<'_>,
    trends: &Trends<'_>,
    promises: Tally,
    output: &mut Output,
) {
    if collection.reports.is_empty() {
        let nothing = output.say(NO_REPORTS);
        output.line(&nothing);
        return;
    }
    headline(trends, output);
    let severity = facet(&SEVERITY.into(), &trends.by_severity, output);
    print_panels(vec![severity, periods(trends, output)], output);
    durations(trends, output);
    let label = |facet: FacetKind| facet.label().into();
    let panels = vec![
        noticed(trends, output),
        load(trends, output),
        facet(&label(FacetKind::Service), &trends.by_service, output),
        facet(&label(FacetKind::Cause), &trends.by_cause, output),
        facet(&label(FacetKind::Trigger), &trends.by_trigger, output),
        missing(trends, output),
    ];
    print_panels(panels, output);
    promised(collection, promises, output);
}

fn headline(trends: &Trends<'_>, output: &mut Output) {
    let count = output.say(INCIDENTS.with("count", trends.incidents()));
    let mut line = output.bold(&count);
    if let Some((first, last)) = trends.calendar.period {
        let period = PERIOD.with("first", first.to_string()).with("last", last.to_string());
        line.push(' ');
        line.push_str(&output.say(period));
    }
    output.line(&line);
    let notes = [
        (trends.near_misses + trends.drills > 0)
            .then(|| NOT_COUNTED.with("misses", trends.near_misses).with("drills", trends.drills)),
        (trends.calendar.later > 0).then(|| LATER.with("count", trends.calendar.later)),
    ];
    for note in notes.into_iter().flatten() {
        let note = output.say(note);
        output.line(&output.dim(&note));
    }
    output.line("");
}

/// The values of a facet, and how many more there are.
fn facet(title: &Message, groups: &[Group<'_>], output: &Output) -> Panel {
    let mut panel = Panel::new(&output.say(title.clone()), output);
    let bar = |group: &Group<'_>| Bar {
        label: group.value.label(output.lang).to_owned(),
        count: group.incidents,
        note: String::new(),
    };
    panel.bars(&groups.iter().take(ROWS).map(bar).collect::<Vec<_>>(), output);
    if groups.len() > ROWS {
        panel.note(&output.say(MORE.with("count", groups.len() - ROWS)), output);
    }
    panel
}

/// Quarters, or years where quarters would show only the end of a long time.
fn periods(trends: &Trends<'_>, output: &Output) -> Panel {
    const EARLIER: Text = Text::new("before: {count}", "그 전: {count}건");
    let quarters = &trends.calendar.quarters;
    let by_year = quarters.len() > QUARTERS;
    let mut bars: Vec<Bar> = Vec::new();
    let mut year = None;
    for quarter in quarters {
        match bars.last_mut().filter(|_| by_year && year == Some(quarter.quarter.year)) {
            Some(bar) => bar.count += quarter.incidents,
            None => bars.push(Bar {
                label: if by_year {
                    quarter.quarter.year.to_string()
                } else {
                    output.say(quarter.quarter.label())
                },
                count: quarter.incidents,
                note: String::new(),
            }),
        }
        year = Some(quarter.quarter.year);
    }
    let mut panel = Panel::new(&output.say(if by_year { YEAR } else { QUARTER }), output);
    panel.bars(&bars, output);
    if trends.calendar.earlier > 0 {
        panel.note(&output.say(EARLIER.with("count", trends.calendar.earlier)), output);
    }
    panel
}

/// How long it took, in all and by severity: a median for all, a ninth decile where enough cases carry one.
fn durations(trends: &Trends<'_>, output: &mut Output) {
    const TITLE: Text = Text::new("How long it took", "걸린 시간");
    const COLUMNS: [Text; 4] = [
        Text::new("median", "중앙값"),
        Text::new("90 % within", "90% 이내"),
        Text::new("shortest – longest", "최단 ~ 최장"),
        Text::new("n", "n"),
    ];
    const WIDTHS: [usize; 4] = [13, 18, 28, 6];
    const SEVERITY_LABEL: usize = 14;
    if trends.durations.is_empty() {
        return;
    }
    let lang = output.lang;
    let title = output.say(TITLE);
    let head = COLUMNS.iter().zip(WIDTHS).map(|(text, width)| right(text.get(lang), width));
    let head: String = head.collect();
    let pad = " ".repeat((2 + 2 + SEVERITY_LABEL + 12).saturating_sub(width(&title)));
    let (title, head) = (output.bold(&title), output.dim(&head));
    output.line(&format!("{title}{pad}{head}"));
    let row = |label: &str, what: &str, summary: &Summary| {
        let cells = [
            time(summary.median, lang),
            summary.p90.map_or("·".to_owned(), |p90| time(p90, lang)),
            range(summary, lang),
            summary.n.to_string(),
        ];
        let cells = cells.iter().zip(WIDTHS).map(|(text, width)| right(text, width));
        let label = left(&cut(label, SEVERITY_LABEL), SEVERITY_LABEL);
        format!("  {}{label}  {}", left(what, 12), cells.collect::<String>())
    };
    for measure in Measure::ALL {
        let Some(all) = trends.durations.of(measure) else { continue };
        let what = measure.label().get(lang);
        output.line(&row("", what, all));
        // A single severity says nothing that the line above has not said.
        if trends.by_severity.len() < 2 || measure == Measure::Mitigate {
            continue;
        }
        for group in trends.by_severity.iter().take(ROWS) {
            let Some(summary) = group.durations.of(measure).filter(|s| s.n >= FEW) else {
                continue;
            };
            let line = row(group.value.label(lang), "", summary);
            output.line(&output.dim(&line));
        }
    }
    output.line("");
}

fn noticed(trends: &Trends<'_>, output: &Output) -> Panel {
    const SHARE: Text = Text::new(
        "customers or partners first: {outside} of {n}, {share} % (95 % interval {low}–{high} %)",
        "고객·협력사가 먼저: {n}건 중 {outside}건, {share}% (95% 구간 {low}~{high}%)",
    );
    const FEW_SAY: Text = Text::new(
        "customers or partners first: {outside} of {n}, too few for a share",
        "고객·협력사가 먼저: {n}건 중 {outside}건 (비율을 내기에는 적음)",
    );
    let mut panel = facet(&NOTICED.into(), &trends.by_detection, output);
    let share = trends.detection.all;
    if share.n == 0 {
        return panel;
    }
    let line = match share.percent() {
        Some(percent) => SHARE
            .with("outside", share.outside)
            .with("n", share.n)
            .with("share", percent.share)
            .with("low", percent.low)
            .with("high", percent.high),
        None => FEW_SAY.with("outside", share.outside).with("n", share.n),
    };
    panel.line(&output.say(line));
    panel
}

/// A lower bound: what has no report is not counted.
fn load(trends: &Trends<'_>, output: &Output) -> Panel {
    const BUSIEST: [Text; 3] = [
        Text::new("busiest shift", "가장 바빴던 교대"),
        Text::new("busiest day", "가장 바빴던 날"),
        Text::new("busiest week", "가장 바빴던 주"),
    ];
    const WEEK: Text = Text::new("week of {day}", "{day}부터 1주");
    const OVER: Text = Text::new(
        "over {most} a shift: {shifts} {shift|shifts}, {days} {day|days}",
        "교대당 {most}건 초과: 교대 {shifts}번, {days}일",
    );
    const QUIET: Text = Text::new("never two in one week", "한 주에 두 건 이상 난 적이 없습니다");
    const UNTIMED: Text = Text::new(
        "{count} without a time: in no shift",
        "시각이 없어 교대를 모르는 장애 {count}건",
    );
    const HOURS: Text = Text::new(
        "{total} hours, at {each} {hour|hours} each",
        "한 건에 {each}시간씩 모두 {total}시간",
    );
    let load = &trends.load;
    let mut panel = Panel::new(&output.say(LOAD), output);
    let say = |at: usize| BUSIEST[at].get(output.lang).to_owned();
    let mut rows: Vec<(String, String, usize)> = Vec::new();
    if let Some(shift) = busiest(&load.shifts, 1).first() {
        let start = shift.start;
        let start = format!("{} {:02}:{:02}", start.date(), start.hour(), start.minute());
        rows.push((say(0), start, shift.reports.len()));
    }
    if let Some(day) = busiest(&load.days, 1).first() {
        rows.push((say(1), day.start.to_string(), day.reports.len()));
    }
    if let Some(week) = busiest(&load.weeks, 1).first() {
        let start = output.say(WEEK.with("day", week.start.to_string()));
        rows.push((say(2), start, week.reports.len()));
    }
    let label = rows.iter().map(|(label, ..)| width(label)).max().unwrap_or(0);
    for (what, when, count) in &rows {
        panel.line(&format!("{}  {}  {count}", left(what, label), left(when, 18)));
    }
    if rows.is_empty() && load.incidents > 0 {
        panel.line(&output.say(QUIET));
    }
    if load.incidents > 0 {
        let over = OVER
            .with("most", load.limits.incidents_per_shift)
            .with("shifts", load.shifts_over())
            .with("days", load.days_over.len());
        panel.line(&output.say(over));
    }
    if let (Some(total), Some(each)) = (load.hours(), load.limits.hours_per_incident) {
        panel.line(&output.say(HOURS.with("total", total).with("each", each)));
    }
    if load.untimed > 0 {
        panel.note(&output.say(UNTIMED.with("count", load.untimed)), output);
    }
    panel
}

/// What no figure above can know.
fn missing(trends: &Trends<'_>, output: &Output) -> Panel {
    const OF: Text = Text::new("of {of}", "/ {of}");
    let mut gaps: Vec<_> = trends.gaps.iter().filter(|gap| gap.missing > 0).collect();
    gaps.sort_by_key(|gap| std::cmp::Reverse(gap.missing));
    let mut panel = Panel::new(&output.say(MISSING), output);
    let bars = gaps.iter().map(|gap| Bar {
        label: gap.field.label().get(output.lang).to_owned(),
        count: gap.missing,
        note: output.say(OF.with("of", gap.of)),
    });
    panel.bars_of(&bars.collect::<Vec<_>>(), trends.incidents(), output);
    panel
}

fn promised(collection: &Collection<'_>, promises: Tally, output: &mut Output) {
    const COUNTS: Text = Text::new(
        "{all}: {done} done, {open} open ({overdue} overdue as of {today}), {wont} dropped, {unknown} not recorded",
        "{all}건: 완료 {done}, 미완료 {open} ({today} 기준 기한 지남 {overdue}), 하지 않음 {wont}, 기록 없음 {unknown}",
    );
    if promises.total() == 0 {
        return;
    }
    let counts = COUNTS
        .with("all", promises.total())
        .with("done", promises.done)
        .with("open", promises.open)
        .with("overdue", promises.overdue)
        .with("today", collection.settings.today.to_string())
        .with("wont", promises.dropped)
        .with("unknown", promises.unknown);
    let title = output.say(PROMISES);
    let line = format!("{}  {}", output.bold(&title), output.say(counts));
    for line in wrapped(&line, 100) {
        output.line(&line);
    }
}

fn time(seconds: i64, lang: Lang) -> String {
    duration(SignedDuration::from_secs(seconds), lang)
}

fn range(summary: &Summary, lang: Lang) -> String {
    if summary.n == 1 {
        return "·".to_owned();
    }
    let dash = if lang == Lang::Ko { "~" } else { "–" };
    format!("{} {dash} {}", time(summary.least, lang), time(summary.most, lang))
}
