// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SystemIO

/// Two descriptors, which the test closes.
struct Pipe {
  let reading: Int32
  let writing: Int32

  init() throws(SystemError) {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else { throw .current }
    (reading, writing) = (ends[0], ends[1])
  }
}

/// The names in `directory`, sorted by bytes.
func names(in directory: String) throws -> [String] {
  var scanner = DirectoryScanner()
  try scanner.scan(Descriptor.open(CString(directory), as: .directory))
  return scanner.names.sorted { scanner.precedes($0, $1) }.map { name in
    var bytes: [UInt8] = []
    scanner.append(name, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Makes a FIFO.
func makeFIFO(_ path: String) throws(SystemError) {
  // SAFETY: the text lives as long as the call.
  if unsafe mkfifo(path, 0o600) != 0 { throw .current }
}
