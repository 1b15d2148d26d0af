//! Help in Korean.

use clap::builder::PossibleValue;
use clap::{Arg, Command};

/// What each command and argument is called, by its path in the command line.
const HELP: &[(&str, &str)] = &[
    ("bokgi", "Markdown 장애 회고를 검사하고, 발행하고, 거기서 배웁니다"),
    ("root", "프로젝트 폴더. 없으면 여기서부터 위로 bokgi.toml을 찾습니다"),
    ("lang", "메시지 언어"),
    ("color", "색을 쓸 때"),
    ("verbose", "정보와 제외한 파일까지 자세히 보여 줍니다"),
    ("today", "오늘로 볼 날짜 (YYYY-MM-DD)"),
    ("help", "도움말을 보여 줍니다"),
    ("version", "버전을 보여 줍니다"),
    ("check", "보고서가 완전한지, 어디에 무엇이 빠졌는지 알려 줍니다"),
    (
        "check.paths",
        "결과를 볼 보고서나 폴더. 읽기는 모두 읽습니다. `-`는 표준 입력으로 보고서를 받습니다",
    ),
    ("check.format", "결과 형식"),
    ("check.output", "결과를 파일로도 저장합니다 (형식=파일)"),
    ("check.select", "이 규칙만 봅니다 (코드, 코드의 앞부분, 이름)"),
    ("check.extend_select", "이 규칙도 봅니다"),
    ("check.ignore", "이 규칙은 보지 않습니다"),
    ("check.preview", "미리보기 규칙도 봅니다"),
    ("check.since", "이 날짜보다 먼저 난 장애의 보고서는 안전 규칙만 봅니다 (YYYY-MM-DD)"),
    ("check.baseline", "이미 알고 있어 다시 알리지 않을 결과가 담긴 파일"),
    ("check.update_baseline", "기준선이 없으면 만들고, 있으면 고쳐진 것을 뺍니다"),
    ("check.fix", "기계적으로 고칠 수 있는 것을 고칩니다"),
    ("check.diff", "--fix가 바꿀 내용을 보여 주기만 합니다"),
    ("check.statistics", "결과 대신 규칙별 건수를 보여 줍니다"),
    ("check.fail_on", "종료 코드가 1이 되는 가장 낮은 수준"),
    ("check.fail_on_overdue", "기한이 지난 조치와 묵은 초안도 종료 코드를 1로 만듭니다"),
    ("check.exit_zero", "무엇을 찾았든 0으로 끝냅니다"),
    ("check.stdin_filename", "표준 입력이 대신하는 파일"),
    ("check.watch", "바뀔 때마다 다시 검사합니다"),
    ("explain", "규칙이나 프로파일을 설명하고, 인자가 없으면 모두 보여 줍니다"),
    ("explain.rule", "규칙의 코드나 이름, 또는 프로파일의 이름"),
    ("build", "보고서를 정적 사이트로 발행합니다"),
    ("build.path", "bokgi.toml이 없을 때 보고서가 있는 폴더"),
    ("build.output", "사이트를 쓸 폴더"),
    ("build.strict", "오류가 있으면 발행하지 않습니다"),
    ("build.no_drafts", "초안을 빼고 발행합니다"),
    ("build.audience", "누가 볼 사이트인지"),
    ("serve", "쓰는 동안 사이트를 보여 주고, 바뀔 때마다 새로 고칩니다"),
    ("serve.path", "bokgi.toml이 없을 때 보고서가 있는 폴더"),
    ("serve.port", "사용할 포트. 0이면 빈 포트를 고릅니다"),
    ("serve.address", "연결을 받을 주소. 기본값은 이 컴퓨터에서만 열 수 있습니다"),
    ("serve.host", "브라우저가 사이트를 부를 수 있는 다른 이름"),
    ("serve.audience", "누가 볼 사이트인지"),
    ("search", "보고서를 찾습니다: 모든 낱말, \"구절\", -제외, a OR b, 서비스:결제, 이후:2026-01"),
    ("search.query", "찾을 말"),
    ("search.path", "bokgi.toml이 없을 때 보고서가 있는 폴더"),
    ("search.format", "결과를 출력하는 형식"),
    ("search.limit", "보여 줄 보고서 수"),
    ("search.audience", "누가 볼 보고서에서 찾을지"),
    ("similar", "보고서, 표준 입력의 초안, 지금 보이는 증상과 비슷한 장애를 찾습니다"),
    ("similar.what", "보고서 파일, 표준 입력의 초안은 `-`, 또는 따옴표로 묶은 글"),
    ("similar.path", "bokgi.toml이 없을 때 보고서가 있는 폴더"),
    ("similar.format", "결과를 출력하는 형식"),
    ("similar.limit", "보여 줄 보고서 수"),
    ("similar.audience", "누가 볼 보고서에서 찾을지"),
    ("patterns", "함께 되풀이되는 것, 그때 한 약속과 빠진 조치를 보여 줍니다"),
    ("patterns.path", "bokgi.toml이 없을 때 보고서가 있는 폴더"),
    ("patterns.format", "결과를 출력하는 형식"),
    ("patterns.limit", "보여 줄 패턴 수"),
    ("patterns.audience", "누가 볼 보고서에서 찾을지"),
    ("actions", "약속한 조치를 보여 줍니다: 미완료, 기한 지남, 기록 없음"),
    ("actions.path", "bokgi.toml이 없을 때 보고서가 있는 폴더"),
    ("actions.open", "끝나지 않은 것이 분명한 조치만 봅니다"),
    ("actions.overdue", "기한이 지났는데 끝나지 않은 조치만 봅니다"),
    ("actions.unrecorded", "끝났는지 적혀 있지 않은 조치만 봅니다"),
    ("actions.team", "이 팀의 조치만 봅니다. 여러 번 쓸 수 있습니다"),
    ("actions.service", "이 서비스의 장애에서 나온 조치만 봅니다. 여러 번 쓸 수 있습니다"),
    ("actions.format", "결과를 출력하는 형식"),
    ("actions.audience", "누가 볼 보고서에서 찾을지"),
    ("stats", "장애를 어떻게 알아채고, 얼마나 걸리고, 언제 나는지 보여 줍니다"),
    ("stats.path", "bokgi.toml이 없을 때 보고서가 있는 폴더"),
    ("stats.format", "결과를 출력하는 형식"),
    ("stats.audience", "누가 볼 보고서에서 찾을지"),
    ("init", "설명이 달린 bokgi.toml을 만듭니다"),
    ("init.path", "준비할 폴더"),
    ("init.profile", "보고서가 따를 프로파일"),
    ("import", "본문에 적힌 사실을 front matter에 옮겨 적습니다"),
    ("import.paths", "보고서나 폴더. 적지 않으면 모두"),
    ("import.diff", "바뀔 내용을 보여 주기만 합니다"),
    ("new", "프로파일에 맞춰 질문이 담긴 새 보고서를 만듭니다"),
    ("new.title", "보고서 제목"),
    ("new.profile", "따를 프로파일"),
    ("new.date", "장애 날짜 (YYYY-MM-DD). 없으면 오늘"),
    ("schema", "bokgi.toml이나 보고서 front matter의 JSON Schema를 보여 줍니다"),
    ("schema.of", "무엇의 스키마인지"),
    ("config", "적용된 설정과 그 출처를 보여 줍니다"),
    ("completions", "셸 자동 완성 스크립트를 출력합니다"),
    ("completions.shell", "스크립트를 읽을 셸"),
];

/// What stands for a value in the usage.
const VALUES: &[(&str, &str)] = &[
    ("FOLDER", "폴더"),
    ("LANG", "언어"),
    ("WHEN", "때"),
    ("DATE", "날짜"),
    ("FORMAT", "형식"),
    ("FILE", "파일"),
    ("FORMAT=FILE", "형식=파일"),
    ("SEVERITY", "수준"),
    ("RULE", "규칙"),
    ("AUDIENCE", "독자"),
    ("NAME", "이름"),
    ("TITLE", "제목"),
    ("PATH", "폴더"),
    ("PATHS", "경로"),
    ("PORT", "포트"),
    ("ADDRESS", "주소"),
    ("COUNT", "개수"),
    ("OF", "대상"),
    ("QUERY", "찾을 말"),
    ("SHELL", "셸"),
    ("FILE|-|TEXT", "파일|-|글"),
    ("TEAM", "팀"),
    ("SERVICE", "서비스"),
];

const TEMPLATE: &str = "{about}\n\n사용법: {usage}\n\n{all-args}{after-help}";

/// The same command line with Korean help.
pub(super) fn localize(command: Command) -> Command {
    let mut command = command;
    command.build();
    let name = command.get_name().to_owned();
    translate(command, &name)
}

fn translate(command: Command, name: &str) -> Command {
    let mut command = command.help_template(TEMPLATE).subcommand_help_heading("명령");
    if let Some(about) = find(name) {
        command = command.about(about);
    }
    let ids: Vec<String> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
    for id in ids {
        let help = find(&format!("{name}.{id}")).or_else(|| find(&id)).unwrap_or_default();
        command = command.mut_arg(&id, |arg| argument(arg, help));
    }
    let names: Vec<String> =
        command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for sub in names {
        command = command.mut_subcommand(&sub, |inner| translate(inner, &sub));
    }
    let usage = command.render_usage().to_string();
    let usage = usage.split_once(": ").map_or(usage.as_str(), |(_, usage)| usage);
    let usage = usage.replace("[OPTIONS]", "[옵션]").replace("<COMMAND>", "<명령>");
    command.override_usage(usage)
}

fn argument(arg: Arg, help: &str) -> Arg {
    let heading = match arg.get_help_heading() {
        Some(_) => "공통 옵션",
        None if arg.is_positional() => "인자",
        None => "옵션",
    };
    let values = arg.get_possible_values();
    let values: Vec<&str> = values.iter().map(PossibleValue::get_name).collect();
    let default = arg.get_default_values().first().and_then(|value| value.to_str());
    let mut help = help.to_owned();
    if !values.is_empty() && arg.get_action().takes_values() {
        help.push_str(&format!(" [값: {}]", values.join(", ")));
        if let Some(default) = default {
            help.push_str(&format!(" [기본값: {default}]"));
        }
    }
    let names: Vec<&str> =
        arg.get_value_names().into_iter().flatten().map(|n| n.as_str()).collect();
    let korean = match names[..] {
        [name] => VALUES.iter().find(|(known, _)| *known == name).map(|(_, korean)| *korean),
        _ => None,
    };
    let arg = match korean {
        Some(name) => arg.value_name(name),
        None => arg,
    };
    arg.help(help)
        .long_help(None::<&str>)
        .help_heading(heading)
        .hide_possible_values(true)
        .hide_default_value(true)
}

fn find(path: &str) -> Option<&'static str> {
    HELP.iter().find(|(known, _)| *known == path).map(|(_, help)| *help)
}

/// The commands and arguments without Korean help.
#[cfg(test)]
pub(super) fn missing(command: &Command) -> Vec<String> {
    let mut missing = Vec::new();
    let name = command.get_name();
    missing.extend(find(name).is_none().then(|| name.to_owned()));
    for arg in command.get_arguments() {
        let id = arg.get_id().as_str();
        let path = format!("{name}.{id}");
        if find(&path).or_else(|| find(id)).is_none() {
            missing.push(path);
        }
    }
    for sub in command.get_subcommands() {
        missing.extend(self::missing(sub));
    }
    missing
}
