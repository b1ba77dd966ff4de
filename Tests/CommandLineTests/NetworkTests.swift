// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import EmulatorTesting
import FoundationEssentials
import PlatformEmulator
import PlatformModel
import TestSupport
import Testing

@Suite("On a bad network", .timeLimit(.minutes(3)))
struct NetworkTests {
  /// Listens on loopback in the way that `sys.argv[2]` says, starts a push to it, sends SIGINT once that has
  /// begun to connect, and prints how many seconds it took to end.
  private static let script = """
    import os, signal, socket, subprocess, sys, time
    program, way = sys.argv[1:3]
    listener = socket.socket(); listener.bind(('127.0.0.1', 0)); port = listener.getsockname()[1]
    # Connections that nobody takes up fill the queue; those after them are not answered at all.
    listener.listen(0 if way == 'connecting' else 50)
    others = []
    while way == 'connecting' and len(others) < 8:
        other = socket.socket(); other.setblocking(False); others.append(other)
        other.connect_ex(('127.0.0.1', port))
    address, variables = 'https://127.0.0.1:%d' % port, dict(os.environ)
    if way == 'proxy':
        address, variables['HTTPS_PROXY'] = 'https://api.actorpush.invalid', 'http://127.0.0.1:%d' % port
    if way == 'answer': address = 'http://127.0.0.1:%d' % port
    push = subprocess.Popen([program, 'push', '--no-build', '--api-url', address], env=variables,
        stderr=subprocess.PIPE, text=True)
    def sockets():
        files = '/proc/%d/fd' % push.pid
        return [name for name in os.listdir(files)
            if os.path.islink(f'{files}/{name}') and os.readlink(f'{files}/{name}').startswith('socket:')]
    if way == 'connecting':
        for _ in range(1200):
            if sockets(): break
            time.sleep(0.05)
        time.sleep(0.3)
    else:
        listener.settimeout(60); connection = listener.accept()[0]; connection.recv(1); time.sleep(0.3)
    start = time.time()
    push.send_signal(signal.SIGINT)
    talk = push.communicate(timeout=60)[1]
    print(time.time() - start); sys.stderr.write(talk); sys.exit(push.returncode)
    """

  @Test(
    "the first Ctrl-C ends a push within a second, whatever it waits for",
    arguments: ["connecting", "handshake", "proxy", "answer"])
  func interrupted(way: String) async throws {
    let folder = try TemporaryFolder.actor()
    try folder.write("Dockerfile", "FROM scratch\n")
    var environment = Program().environment
    environment["APIFY_TOKEN"] = Program.token
    let output = try await shell(
      "python3", ["-c", Self.script, Program.location(), way], in: folder.path, environment: environment)
    #expect(
      output.status == 130 && output.talk == "error: interrupted; nothing is changed\n", "\(output.talk)")
    let seconds = try #require(Double(output.text.dropLast()))
    // Under load, too; a connection that is being made would take ten.
    #expect(seconds < 3)
  }

  @Test("a file of certificate authorities can be named by an option; where it can't be read that is told")
  func authorities() async throws {
    let folder = try TemporaryFolder.actor()
    let program = Program()
    let output = try await program(
      "push", "--no-build", "--ca-file", "none.pem", "--api-url", "https://127.0.0.1:9", in: folder,
      with: ["APIFY_TOKEN": Program.token])
    #expect(output.status == 1)
    #expect(output.talk.contains("--ca-file: none.pem: No such file or directory"), "\(output.talk)")
  }

  @Test("a proxy's password is not told")
  func proxyPassword() async throws {
    let folder = try TemporaryFolder.actor()
    let output = try await Program()(
      "push", "--no-build", "-v", "--api-url", "https://api.actorpush.invalid", in: folder,
      with: ["APIFY_TOKEN": Program.token, "HTTPS_PROXY": "http://jane:NeverToBeTold@127.0.0.1:9"])
    #expect(output.status == 1)
    #expect(output.talk.contains("the proxy 127.0.0.1:9 (HTTPS_PROXY): connection refused"), "\(output.talk)")
    #expect(!output.talk.contains("NeverToBeTold") && !output.talk.contains("jane"))
  }
}

@Suite("Standard streams that are closed or full", .timeLimit(.minutes(3)))
struct StandardStreamTests {
  private func run(
    _ line: String, _ address: PlatformEmulator.Address?, in folder: TemporaryFolder
  ) async throws -> Output {
    let program = try Program.location()
    return try await shell(
      "sh", ["-c", "\"\(program)\" \(line)"], in: folder.path, environment: Program(address).environment)
  }

  @Test(
    "are an error of the output, not a success and not a Ctrl-C",
    arguments: [
      "list <&- >&-", "list >&-", "list >/dev/full", "list --json >/dev/full", "list >&- 2>&-",
      "explain main.js >&-", "explain main.js --json >/dev/full", "pack -o - >/dev/full", "--help >/dev/full",
      "push --help >&-", "hook status --json >/dev/full",
    ])
  func local(line: String) async throws {
    let folder = try TemporaryFolder.actor()
    try folder.write("main.js", "1")
    try await git(["init", "-q"], in: folder.path)
    let output = try await run(line, nil, in: folder)
    #expect(output.status == 1, "\(line): \(String(describing: output.status)) \(output.talk)")
    #expect(output.talk.contains("(standard output)") || line.hasSuffix("2>&-"), "\(output.talk)")
  }

  @Test(
    "are told after a push as well, which has said before what it has done",
    arguments: [
      "push --no-build --json >/dev/full", "push --no-build --json >&-", "push --no-build --json <&- >&-",
    ])
  func push(line: String) async throws {
    try await PlatformEmulator.running(.tests) { emulator, address in
      let folder = try TemporaryFolder.actor()
      try folder.write("main.js", "1")
      let output = try await run(line, address, in: folder)
      #expect(output.status == 1, "\(output.talk)")
      #expect(output.talk.contains("(standard output)"), "\(output.talk)")
      #expect(try emulator.texts("0.1")["main.js"] == "1")
      // What did not need the output went well.
      #expect(try await run("push --no-build <&- >&-", address, in: folder).status == 0)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(names.sorted() == [".actor", "main.js"])
    }
  }
}
