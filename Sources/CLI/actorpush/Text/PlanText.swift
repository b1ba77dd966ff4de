// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SourceTree
internal import SystemIO

extension Plan {
  /// "60 files (58 TEXT, 2 BASE64) in 8 directories, 1.2 MB".
  var counts: String {
    var folders = 0
    var text = 0
    var bytes = 0
    for entry in entries {
      if entry.kind == .directory { folders += 1 }
      if entry.format == .text { text += 1 }
      bytes += max(0, entry.byteCount)
    }
    let files = entries.count - folders
    return
      "\(Quantity.of(files, "file")) (\(Quantity.number(text)) TEXT, \(Quantity.number(files - text)) BASE64) in "
      + "\(Quantity.of(folders, "folder")), \(Quantity.bytes(bytes))"
  }

  /// "left out: 3 files and 2 whole directories".
  var excludedCounts: String {
    let folders = excluded.count(where: \.isDirectory)
    return
      "left out: \(Quantity.of(excluded.count - folders, "file")) and \(Quantity.of(folders, "whole folder"))"
  }
}
