// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SourcePackage
import SystemIO
import TestSupport
import Testing

@Suite("A zip that is large")
struct LargeZipTests {
  @Test("has more than 65,535 members")
  func members() async throws {
    let folder = try TemporaryFolder()
    let work = try TemporaryFolder()
    let made = try await shell(
      "python3",
      [
        "-c",
        """
        import os, sys
        for index in range(70_000):
            if index % 1000 == 0: os.makedirs(f'{sys.argv[1]}/{index // 1000}')
            open(f'{sys.argv[1]}/{index // 1000}/{index}', 'w').write(str(index))
        """, folder.path,
      ])
    #expect(made.status == 0, "\(made.talk)")
    let summary = try writeZip(folder, to: work("a.zip"))
    #expect(summary.files == 70_000 && summary.folders == 70)
    let python = try await shell(
      "python3",
      [
        "-c",
        """
        import sys, zipfile
        archive = zipfile.ZipFile(sys.argv[1])
        print(len(archive.namelist()), archive.testzip(), archive.read('69/69999').decode())
        """, work("a.zip"),
      ])
    #expect(python.text == "70070 None 69999\n", "\(python.talk)")
    let unzip = try await shell("unzip", ["-tq", work("a.zip")])
    #expect(unzip.status == 0, "\(unzip.text)\(unzip.talk)")
  }

  /// Files with holes: four of their gigabytes are on no disk, and cost little to compress.
  @Test("has a member and an offset of more than 4 GiB")
  func gigabytes() async throws {
    let folder = try TemporaryFolder()
    let work = try TemporaryFolder()
    let made = try await shell(
      "python3",
      [
        "-c",
        """
        import os, random, sys
        with open(sys.argv[1] + '/a-holes', 'wb') as file:
            file.write(b'begin'); file.seek((4 << 30) + 12345); file.write(b'end')
        """, folder.path,
      ])
    #expect(made.status == 0, "\(made.talk)")
    try folder.write("b-last", "behind it")
    let summary = try writeZip(folder, to: work("a.zip"))
    #expect(summary.bytes == (4 << 30) + 12345 + 3 + 9)
    let python = try await shell(
      "python3",
      [
        "-c",
        """
        import sys, zipfile
        archive = zipfile.ZipFile(sys.argv[1])
        info = archive.getinfo('a-holes')
        total, last = 0, b''
        with archive.open(info) as member:
            assert member.read(5) == b'begin'
            total = 5
            while block := member.read(1 << 24):
                total += len(block); last = block
        print(info.file_size, total, last[-3:].decode(), archive.read('b-last').decode())
        """, work("a.zip"),
      ])
    #expect(python.text == "4294979644 4294979644 end behind it\n", "\(python.text)\(python.talk)")
  }
}
