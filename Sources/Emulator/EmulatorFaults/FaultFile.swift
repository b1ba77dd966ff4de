// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import FoundationEssentials
internal import PlatformModel

/// A file of faults:
///
///     {"faults": [{"method": "PUT", "path": "/v2/actors/*/versions/*", "fault": "status", "status": 503}]}
package struct FaultFile: Sendable {
  /// What is wrong with a file, and in which field.
  package struct Failure: Error, Equatable, CustomStringConvertible {
    /// The field, as `faults[2].status`; empty for the file as a whole.
    package let field: String
    package let reason: String
    package var description: String { field.isEmpty ? reason : "\(field): \(reason)" }
  }

  /// The faults, in the order of the file.
  package let schedule: FaultSchedule

  /// Reads `bytes`, the contents of a file.
  package init(_ bytes: [UInt8]) throws(Failure) {
    let value: JSONValue
    do {
      value = try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
    } catch {
      throw Failure(field: "", reason: "not valid JSON")
    }
    var root = try FaultFields(value, at: "")
    guard case .array(let values)? = root.value("faults") else {
      throw Failure(field: "faults", reason: "must be an array of objects")
    }
    try root.finish()
    var rules: [FaultSchedule.Rule] = []
    for (index, value) in values.enumerated() {
      var fields = try FaultFields(value, at: "faults[\(index)]")
      rules.append(try FaultSchedule.Rule(&fields))
      try fields.finish()
    }
    schedule = FaultSchedule(rules)
  }
}

extension FaultSchedule.Rule {
  fileprivate init(_ fields: inout FaultFields) throws(FaultFile.Failure) {
    let name = try fields.string("fault") ?? "none"
    self.init(try Fault.Outcome(name, &fields), name: name)
    method = try fields.string("method")
    if let method, method.isEmpty || !method.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) {
      throw fields.failure("method", "must be in capitals: GET, PUT, POST, DELETE")
    }
    if let text = try fields.string("path") {
      guard let pattern = PathPattern(text) else {
        throw fields.failure("path", "must begin with a slash, and may have ** at its end only")
      }
      path = pattern
    }
    occurrences = try fields.occurrences("occurrence")
    delay = .seconds(try fields.number("delay", in: 0...86_400) ?? 0)
  }
}
