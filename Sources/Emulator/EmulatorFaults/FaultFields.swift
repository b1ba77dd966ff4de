// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import PlatformModel

/// The members of an object in a file of faults, taken one by one.
struct FaultFields {
  private var members: [String: JSONValue]
  private let path: String

  /// The members of `value`, which is at `path`.
  init(_ value: JSONValue, at path: String) throws(FaultFile.Failure) {
    guard case .object(let members) = value else {
      throw FaultFile.Failure(field: path, reason: "must be an object")
    }
    self.members = members
    self.path = path
  }

  /// Says what is wrong with the member `name`.
  func failure(_ name: String, _ reason: String) -> FaultFile.Failure {
    FaultFile.Failure(field: path.isEmpty ? name : "\(path).\(name)", reason: reason)
  }

  /// Throws where a member was not asked for: a misspelt one would have no effect.
  func finish() throws(FaultFile.Failure) {
    guard let name = members.keys.min() else { return }
    throw failure(name, "is not known here")
  }

  mutating func value(_ name: String) -> JSONValue? { members.removeValue(forKey: name) }

  mutating func string(_ name: String) throws(FaultFile.Failure) -> String? {
    switch members.removeValue(forKey: name) {
    case nil: return nil
    case .string(let text): return text
    default: throw failure(name, "must be a string")
    }
  }

  mutating func bool(_ name: String) throws(FaultFile.Failure) -> Bool {
    switch members.removeValue(forKey: name) {
    case nil: return false
    case .bool(let value): return value
    default: throw failure(name, "must be true or false")
    }
  }

  mutating func integer(_ name: String, in range: ClosedRange<Int>) throws(FaultFile.Failure) -> Int? {
    switch members.removeValue(forKey: name) {
    case nil: return nil
    case .integer(let value) where value >= range.lowerBound && value <= range.upperBound: return Int(value)
    default: throw failure(name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
  }

  mutating func number(_ name: String, in range: ClosedRange<Double>) throws(FaultFile.Failure) -> Double? {
    let value: Double
    switch members.removeValue(forKey: name) {
    case nil: return nil
    case .integer(let whole): value = Double(whole)
    case .number(let number): value = number
    default: throw failure(name, "must be a number")
    }
    guard range.contains(value) else {
      throw failure(name, "must be from \(Int(range.lowerBound)) to \(Int(range.upperBound))")
    }
    return value
  }

  /// A number, an array of numbers, or `{"from", "every"}`; 1 where it is missing.
  mutating func occurrences(_ name: String) throws(FaultFile.Failure) -> FaultSchedule.Occurrences {
    switch members.removeValue(forKey: name) {
    case nil: return .numbers([1])
    case .integer(let number) where number >= 1: return .numbers([Int(number)])
    case .array(let values):
      var numbers: Set<Int> = []
      for case .integer(let number) in values where number >= 1 { numbers.insert(Int(number)) }
      guard numbers.count == values.count, !numbers.isEmpty else { break }
      return .numbers(numbers)
    case .object(let series)?:
      var fields = try FaultFields(.object(series), at: path.isEmpty ? name : "\(path).\(name)")
      let first = try fields.integer("from", in: 1...1_000_000_000) ?? 1
      let step = try fields.integer("every", in: 1...1_000_000_000) ?? 1
      try fields.finish()
      return .series(from: first, every: step)
    default: break
    }
    throw failure(
      name, #"must be a number from 1 on, an array of different ones, or {"from": N, "every": N}"#)
  }
}
