// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// The proxies that the environment names, as curl and git read them: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and
/// NO_PROXY, each in lower case, too, which counts first.
package struct ProxySettings: Sendable {
  /// A variable that names no proxy.
  package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    package let variable: String
    package let problem: ProxyAddress.Problem
    package var description: String { "\(variable) \(problem)" }
  }

  /// By scheme: what a variable says. It is parsed when it is needed: a broken one is no reason not to reach
  /// a platform that needs none.
  private let texts: [String: (variable: String, text: String)]
  private let exceptions: [HostPattern]

  /// No proxies.
  package static let none = ProxySettings(variables: [:])

  /// Those that `variables` name.
  package init(variables: [String: String]) {
    func value(_ name: String) -> (variable: String, text: String)? {
      for name in [name.lowercased(), name] {
        if let text = variables[name], !text.isEmpty { return (name, text) }
      }
      return nil
    }
    var texts: [String: (variable: String, text: String)] = [:]
    let others = value("ALL_PROXY")
    texts["https"] = value("HTTPS_PROXY") ?? others
    texts["http"] = value("HTTP_PROXY") ?? others
    self.texts = texts
    exceptions = HostPattern.list(value("NO_PROXY")?.text ?? "")
  }

  /// The proxy for requests to `origin`; nil where there is none. This machine is reached without one,
  /// always.
  package func proxy(for origin: Origin) throws(Failure) -> ProxyAddress? {
    guard !origin.isLoopback, let (variable, text) = texts[origin.scheme],
      !exceptions.contains(where: { $0.matches(origin) })
    else { return nil }
    do throws(ProxyAddress.Problem) { return try ProxyAddress(text, variable: variable) } catch {
      throw Failure(variable: variable, problem: error)
    }
  }
}

extension ProxySettings: CustomReflectable {
  /// Without children: the texts hold passwords.
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
