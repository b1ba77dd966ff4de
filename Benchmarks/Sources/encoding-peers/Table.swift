// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import Foundation

/// Prints rows under headings, right-aligned, and `-` where there is no figure.
struct Table {
  let headings: [String]

  init(_ headings: [String]) {
    self.headings = headings
    print(row(headings))
  }

  func add(_ first: String, _ figures: [Double?]) {
    print(row([first] + figures.map { figure in figure.map { String(format: "%.2f", $0) } ?? "-" }))
  }

  private func row(_ cells: [String]) -> String {
    zip(cells, headings).map { cell, heading in
      String(repeating: " ", count: max(0, max(10, heading.count) - cell.count)) + cell
    }.joined(separator: "  ")
  }
}

/// A line of JSON with figures to three digits after the point.
func jsonObject(_ fields: [(String, Double?)]) -> String {
  "{"
    + fields.map { name, figure in
      "\"\(name)\":" + (figure.map { String(format: $0 == $0.rounded() ? "%.0f" : "%.3f", $0) } ?? "null")
    }.joined(separator: ",") + "}"
}

func name(ofSize bytes: Int) -> String {
  bytes >= 1 << 20 ? "\(bytes >> 20) MiB" : bytes >= 1 << 10 ? "\(bytes >> 10) KiB" : "\(bytes) B"
}
