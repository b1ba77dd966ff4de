// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import TestSupport
import Testing

@Suite("A tree that changes while it is packed")
struct SnapshotTests {
  /// Starts pack into a pipe, reads nothing until it has come to a stop there (so that the tree has been
  /// walked and its last files are not read yet), does something to the tree, and then lets it go on.
  private static let script = """
    import os, subprocess, sys, time
    program, root, deed = sys.argv[1:4]
    pack = subprocess.Popen([program, 'pack', '-o', '-', root], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    os.read(pack.stdout.fileno(), 1)
    before = -1
    for _ in range(200):
        # It has come to a stop when it uses no more processor time.
        with open(f'/proc/{pack.pid}/stat') as stat:
            ticks = sum(map(int, stat.read().rsplit(')', 1)[1].split()[11:13]))
        if ticks == before:
            break
        before = ticks
        time.sleep(0.3)
    else:
        sys.exit(f'pack still uses the processor after 60 s: {ticks} ticks')
    last = os.path.join(root, 'z-last')
    if deed == 'vanish':
        os.remove(last)
    elif deed == 'link':
        os.remove(last)
        os.symlink('/etc/passwd', last)
    else:
        os.truncate(os.path.join(root, 'a-large'), 1000)
    out, err = pack.communicate()
    print(err.decode(), end='')
    sys.exit(pack.returncode)
    """

  @Test(
    "ends the package with the file that did",
    arguments: [
      ("vanish", "vanished while it was read; nothing was sent or kept (z-last)"),
      ("link", "changed while it was read; nothing was sent or kept (z-last)"),
      ("shrink", "changed while it was read; nothing was sent or kept (a-large)"),
    ])
  func changes(_ deed: String, _ words: String) async throws {
    let folder = try TemporaryFolder()
    // More than what may wait to be written, and the pipe besides.
    try folder.write("a-large", Array(repeating: 0xFF, count: 40_000_000))
    try folder.write("z-last", "x")
    let output = try await shell("python3", ["-c", Self.script, Program.location(), folder.path, deed])
    #expect(output.status == 5, "\(output.text)\(output.talk)")
    #expect(output.text.contains(words), "\(output.text)")
  }
}
