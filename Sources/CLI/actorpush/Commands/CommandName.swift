// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser

/// The commands below the program, by the names that they have on its command line. The runtime makes what
/// it needs of a type when that is first named: so a command line, which names one command, costs one.
enum CommandName: String {
  case push, diff, pull, hook
  case list, explain, check, report, pack
  case builds, build, version, tag, open
  case initialize = "init"
  case doctor

  var type: any ParsableCommand.Type {
    switch self {
    case .push: PushCommand.self
    case .diff: DiffCommand.self
    case .pull: PullCommand.self
    case .hook: HookCommand.self
    case .list: ListCommand.self
    case .explain: ExplainCommand.self
    case .check: CheckCommand.self
    case .report: ReportCommand.self
    case .pack: PackCommand.self
    case .builds: BuildsCommand.self
    case .build: BuildCommand.self
    case .version: VersionCommand.self
    case .tag: TagCommand.self
    case .open: OpenCommand.self
    case .initialize: InitCommand.self
    case .doctor: DoctorCommand.self
    }
  }
}
