// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ApifyAPI
internal import Deploy
internal import SystemIO

extension Checkup {
  /// The address of the platform, the way to it, and whom a certificate may come from.
  var network: [Finding] {
    let root: APIRoot
    do throws(Failure) { root = try connection.root(environment) } catch {
      return [.problem("address", error.diagnosis.message)]
    }
    let source =
      connection.apiURL != nil
      ? "--api-url" : environment["APIFY_CLIENT_BASE_URL"] != nil ? "APIFY_CLIENT_BASE_URL" : "the default"
    return [.ok("address", "\(root), \(source)"), proxy(root), authorities(root)]
  }

  private func proxy(_ root: APIRoot) -> Finding {
    do throws(ProxySettings.Failure) {
      guard let proxy = try environment.proxies.proxy(for: root.origin) else { return .ok("proxy", "none") }
      return .ok("proxy", TerminalText.of("\(proxy)"))
    } catch {
      return .problem("proxy", TerminalText.of("\(error)"), "correct \(error.variable), or unset it")
    }
  }

  private func authorities(_ root: APIRoot) -> Finding {
    guard root.origin.scheme == "https" else { return .ok("TLS", "none: an address of this machine") }
    let roots = environment.roots(with: connection.caFile)
    if roots.areMissing {
      return .problem(
        "TLS", "this system has no certificate authorities",
        "install ca-certificates, or name a file by --ca-file or SSL_CERT_FILE")
    }
    do throws(TrustedRoots.Failure) { try roots.check() } catch {
      return .problem("TLS", TerminalText.of("\(error)"), "name a file of certificates in PEM form")
    }
    let named = (roots.files + roots.directories + roots.additional).map { source in
      "\(source.name) \(TerminalText.of(source.path))"
    }
    return .ok(
      "TLS", "certificate authorities: " + (named.isEmpty ? "the system's" : named.joined(separator: ", ")))
  }
}
