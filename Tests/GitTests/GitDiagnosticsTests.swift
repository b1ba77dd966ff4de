// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Git
import Testing

@Suite("What git says of a failure")
struct GitDiagnosticsTests {
  /// How git ends where a program that it runs has failed.
  private static let advice =
    "fatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.\n"

  private static let rows: [(said: String, cause: String)] = [
    ("git@host: Permission denied (publickey).\r\n\(advice)", "git@host: Permission denied (publickey)"),
    (
      "Warning: Permanently added 'host' (ED25519) to the list of known hosts.\nsign_and_send_pubkey: signing failed for ED25519 \"k\" from agent: agent refused operation\ngit@host: Permission denied (publickey).\n\(advice)",
      "sign_and_send_pubkey: signing failed for ED25519 \"k\" from agent: agent refused operation; git@host: Permission denied (publickey)"
    ),
    (
      "ssh: Could not resolve hostname nowhere: Name or service not known\n\(advice)",
      "ssh: Could not resolve hostname nowhere: Name or service not known"
    ),
    (
      "@@@@@@@@@@@\n@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\n@@@@@@@@@@@\nIT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!\nHost key for host has changed and you have requested strict checking.\nHost key verification failed.\n\(advice)",
      "Host key for host has changed and you have requested strict checking; Host key verification failed"
    ),
    ("ERROR: Repository not found.\n\(advice)", "Repository not found"),
    (
      "remote: \nremote: ========================================\nremote: ERROR: The project you were looking for could not be found.\nremote: ========================================\nremote: \n\(advice)",
      "The project you were looking for could not be found"
    ),
    (
      "remote: Invalid username or password.\nfatal: Authentication failed for 'https://jane:secret@host/x/'\n",
      "Invalid username or password; Authentication failed for 'https://host/x/'"
    ),
    (
      "fatal: '/no/where' does not appear to be a git repository\n\(advice)",
      "'/no/where' does not appear to be a git repository"
    ),
    (
      "error: object file .git/objects/aa is empty\nfatal: loose object aa is corrupt\n",
      "object file .git/objects/aa is empty; loose object aa is corrupt"
    ),
    (
      "fatal: detected dubious ownership in repository at '/x'\nTo add an exception for this directory, call:\n\n\tgit config --global --add safe.directory /x\n",
      "detected dubious ownership in repository at '/x'; it belongs to another user; if you trust it, add it to git's safe.directory setting"
    ),
    (
      "fatal: not a git repository (or any of the parent directories): .git\n",
      "not a git repository (or any of the parent directories): .git"
    ),
    (
      "error: unknown option `x'\nusage: git push [<options>]\n\n    -v    be more verbose\n",
      "unknown option `x'"
    ),
    ("hint: try this\nwarning: odd\nfatal: bad thing\nhint: or that\n", "bad thing"),
    ("Connection closed by 1.2.3.4 port 22\n", "Connection closed by 1.2.3.4 port 22"),
    ("\(advice)", "Could not read from remote repository"),
    ("", "no diagnostics"), ("\n\n", "no diagnostics"),
  ]

  @Test("is told by the lines that name the cause", arguments: rows)
  func cause(said: String, cause: String) { #expect(GitDiagnostics.cause(in: said) == cause) }

  @Test("is short, however much there is of it")
  func bounded() {
    let lines = (1...1000).map { "error: \($0)x\n" }.joined() + "fatal: end\n"
    #expect(GitDiagnostics.cause(in: lines) == "1x; 2x; 3x; end")
  }
}
