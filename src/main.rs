//! The `bokgi` command.

fn main() -> std::process::ExitCode {
    bokgi::run(std::env::args_os())
}
