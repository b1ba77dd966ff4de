// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ArgumentParser

/// One of a few words, as the value of an option.
///
/// What ArgumentParser would have of each such type by itself takes key paths and collections of it, which
/// are searched for among all types of the program whenever it starts.
protocol ArgumentChoice: ExpressibleByArgument, CaseIterable, RawRepresentable where RawValue == String {}

extension ArgumentChoice {
  init?(argument: String) { self.init(rawValue: argument) }
  var defaultValueDescription: String { rawValue }

  static var allValueStrings: [String] {
    var values: [String] = []
    for choice in allCases { values.append(choice.rawValue) }
    return values
  }

  static var allValueDescriptions: [String: String] { [:] }
}
