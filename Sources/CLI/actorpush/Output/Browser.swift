// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SystemIO

/// The program that shows an address to the user: the desktop's own choice.
struct Browser {
  #if os(macOS)
    private static let opener = "open"
  #else
    private static let opener = "xdg-open"
  #endif

  /// The variables that a program of the desktop may need; none of them is a secret, and no other is passed
  /// on.
  private static let names: Set<String> = [
    "BROWSER", "DBUS_SESSION_BUS_ADDRESS", "DESKTOP_SESSION", "DISPLAY", "HOME", "KDE_FULL_SESSION",
    "KDE_SESSION_VERSION",
    "LANG", "LANGUAGE", "LOGNAME", "PATH", "SHELL", "TERM", "USER", "WAYLAND_DISPLAY", "XAUTHORITY",
  ]
  private static let prefixes = ["LC_", "XDG_"]

  private let environment: ProcessEnvironment

  init(_ environment: ProcessEnvironment) { self.environment = environment }

  /// Shows `address`. Returns why it can't, in words.
  func open(_ address: String) -> String? {
    guard let program = SearchPath.program(Self.opener, in: environment["PATH"] ?? "") else {
      return "\(Self.opener) is not installed; open the address yourself"
    }
    let variables = environment.variables.filter { name, _ in
      Self.names.contains(name) || Self.prefixes.contains { name.hasPrefix($0) }
    }
    do throws(SystemError) {
      try DetachedProcess.start(program, [address], variables: variables, log: Array("/dev/null".utf8))
      return nil
    } catch {
      return "\(TerminalText.of(program)): \(error.message)"
    }
  }
}
