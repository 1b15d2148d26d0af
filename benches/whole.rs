//! How long the whole process takes on knowledge bases of 100, 1,000 and 10,000 reports.
//!
//! `cargo bench` writes reports of about seven kilobytes, half of them Korean, into a temporary folder
//! and prints the best of three runs of each command, in milliseconds. Machines are noisy: compare
//! figures of one run only.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark looks at the disk and the clock, and prints"
)]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn main() {
    println!("{:>8} {:>12} {:>12} {:>14}", "reports", "check", "build", "build again");
    for count in [100, 1_000, 10_000] {
        let project = tempfile::tempdir().unwrap();
        write(project.path(), count);
        let check = best(project.path(), &["check", "--format", "concise"], false);
        let build = best(project.path(), &["build"], true);
        let again = best(project.path(), &["build"], false);
        println!("{count:>8} {:>12} {:>12} {:>14}", ms(check), ms(build), ms(again));
    }
}

fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

fn best(project: &Path, args: &[&str], fresh: bool) -> Duration {
    let run = || {
        if fresh {
            let _ = std::fs::remove_dir_all(project.join("public"));
        }
        let start = Instant::now();
        let status = Command::new(env!("CARGO_BIN_EXE_bokgi"))
            .args(args)
            .current_dir(project)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
        assert!(matches!(status.code(), Some(0 | 1)), "{args:?} ended with {status}");
        start.elapsed()
    };
    (0..3).map(|_| run()).min().unwrap_or_default()
}

/// Writes `count` reports that differ in their days, services, causes and length.
fn write(project: &Path, count: usize) {
    std::fs::create_dir_all(project.join("content")).unwrap();
    std::fs::write(project.join("bokgi.toml"), "timezone = \"Asia/Seoul\"\n").unwrap();
    for number in 0..count {
        let (year, month, day) = (2016 + number % 10, 1 + number / 10 % 12, 1 + number / 120 % 28);
        let date = format!("{year}-{month:02}-{day:02}");
        let text = if number % 2 == 0 { korean(&date, number) } else { english(&date, number) };
        std::fs::write(project.join(format!("content/{date}-{number}.md")), text).unwrap();
    }
}

fn front_matter(date: &str, number: usize, title: &str) -> String {
    let service = ["payment", "order", "search", "login", "delivery"][number % 5];
    let cause = ["software/performance", "network/dns", "process/review"][number % 3];
    format!(
        "---\ntitle: {title} {number}\nseverity: SEV{}\nservices: [{service}]\nstarted_at: {date} 14:02\ndetected_at: {date} 14:09\nresolved_at: {date} 15:10\ntrigger: deploy\ncauses: [{cause}]\n---\n\n",
        1 + number % 4
    )
}

fn korean(date: &str, number: usize) -> String {
    let mut text = front_matter(date, number, "결제 지연");
    text.push_str("## 요약\n\n한 시간 동안 결제가 늦어졌다.\n\n## 영향\n\n주문의 4%가 실패했다.\n\n## 타임라인\n\n");
    for minute in 2..40 {
        text.push_str(&format!(
            "- 14:{minute:02} 커넥션 풀 대기가 {minute}건으로 늘어 담당 팀이 지표를 확인했다.\n"
        ));
    }
    text.push_str("\n## 5 Whys\n\n");
    for step in 1..6 {
        text.push_str(&format!("{step}. **왜 {step}번째 단계에서 막혔나?** 커넥션이 반환되지 않았다. ([지표](https://example.com/{number}/{step}))\n"));
    }
    text.push_str("\n## 단기 조치\n\n- [x] 커넥션 대기 알람 추가 (유형: 탐지, 담당: @platform, 기한: 2026-04-01)\n\n## 장기 조치\n\n- [ ] 풀을 서비스별로 분리 (유형: 예방, 담당: @platform, 기한: 2026-09-01)\n");
    text
}

fn english(date: &str, number: usize) -> String {
    let mut text = front_matter(date, number, "Payments slow");
    text.push_str("## Summary\n\nPayments were slow for an hour.\n\n## Impact\n\n4 % of the orders failed.\n\n## Timeline\n\n| Time | Event |\n|---|---|\n");
    for minute in 2..60 {
        text.push_str(&format!("| 14:{minute:02} | {minute} requests wait for a connection, and the team on call looks at the gauges once more |\n"));
    }
    text.push_str("\n## Root cause\n\n");
    for paragraph in 0..5 {
        text.push_str(&format!("A query held its connection for `{paragraph}00 ms`, see [the chart](https://example.com/{number}/{paragraph}).\n\n"));
    }
    text.push_str("## Short-term actions\n\n| Action | Owner | Due | Status |\n|---|---|---|---|\n| Alert on waiting connections | @platform | 2026-04-01 | done |\n\n## Long-term actions\n\n- [ ] Split the pool by service (owner: @platform, due: 2026-09-01)\n");
    text
}
