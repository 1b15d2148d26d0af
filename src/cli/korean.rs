//! Help in Korean.

use clap::Command;

/// What each command and argument is called, by its path in the command line.
const HELP: [(&str, &str); 30] = [
    ("bokgi", "Markdown 장애 회고를 검사하고, 발행하고, 거기서 배웁니다"),
    ("root", "프로젝트 폴더. 없으면 여기서부터 위로 bokgi.toml을 찾습니다"),
    ("lang", "메시지 언어"),
    ("color", "색을 쓸 때"),
    ("verbose", "정보와 제외한 파일까지 자세히 보여 줍니다"),
    ("today", "오늘로 볼 날짜 (YYYY-MM-DD)"),
    ("help", "도움말을 보여 줍니다"),
    ("version", "버전을 보여 줍니다"),
    ("check", "보고서가 완전한지, 어디에 무엇이 빠졌는지 알려 줍니다"),
    ("check.paths", "결과를 볼 보고서나 폴더. 읽기는 모두 읽습니다"),
    ("check.format", "결과 형식"),
    ("check.output", "결과를 파일로도 저장합니다 (형식=파일)"),
    ("check.fail_on", "종료 코드가 1이 되는 가장 낮은 수준"),
    ("check.select", "이 규칙만 봅니다 (코드, 코드의 앞부분, 이름)"),
    ("check.ignore", "이 규칙은 보지 않습니다"),
    ("explain", "규칙이나 프로파일을 설명하고, 인자가 없으면 모두 보여 줍니다"),
    ("explain.rule", "규칙의 코드나 이름, 또는 프로파일의 이름"),
    ("build", "보고서를 정적 사이트로 발행합니다"),
    ("build.path", "bokgi.toml이 없을 때 보고서가 있는 폴더"),
    ("build.output", "사이트를 쓸 폴더"),
    ("build.strict", "오류가 있으면 발행하지 않습니다"),
    ("build.audience", "누가 볼 사이트인지"),
    ("init", "설명이 달린 bokgi.toml을 만듭니다"),
    ("init.path", "준비할 폴더"),
    ("init.profile", "보고서가 따를 프로파일"),
    ("new", "프로파일에 맞춰 질문이 담긴 새 보고서를 만듭니다"),
    ("new.title", "보고서 제목"),
    ("new.profile", "따를 프로파일"),
    ("new.date", "장애 날짜 (YYYY-MM-DD). 없으면 오늘"),
    ("config", "적용된 설정과 그 출처를 보여 줍니다"),
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
    let ids: Vec<(String, bool)> = command
        .get_arguments()
        .map(|arg| (arg.get_id().to_string(), arg.is_positional()))
        .collect();
    for (id, positional) in ids {
        let help = find(&format!("{name}.{id}")).or_else(|| find(&id));
        let heading = if positional { "인자" } else { "옵션" };
        command = command.mut_arg(&id, |arg| {
            let arg = arg.help_heading(heading);
            match help {
                Some(help) => arg.help(help).long_help(None::<&str>),
                None => arg,
            }
        });
    }
    let names: Vec<String> =
        command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for sub in names {
        command = command.mut_subcommand(&sub, |inner| translate(inner, &sub));
    }
    command
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
