// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import ActorProject
internal import ApifyAPI
internal import Deploy
internal import SystemIO

extension Checkup {
  /// Whether there is a token, and where it comes from. No character of it is shown.
  var token: [Finding] {
    let source = connection.tokenSource(environment)
    do throws(ProjectError) { _ = try connection.token(environment) } catch {
      return [
        .problem(
          "token", Diagnosis(error).message, "create one at https://console.apify.com/settings/integrations")
      ]
    }
    var findings = [Finding.ok("token", "from \(source)")]
    let files = environment.context.userFiles
    if source != Self.userFile, let other = try? files.token(), other != connection.tokenText(environment) {
      findings.append(
        .warning("token", "\(Self.userFile) holds another token, which is not used; \(source) comes first"))
    }
    return findings
  }

  /// That the file of the secrets is not valid: what they are in is not known then.
  var secrets: [Finding] {
    do throws(ProjectError) { _ = try environment.context.userFiles.secrets() } catch {
      let diagnosis = Diagnosis(error)
      return [.problem("secrets", diagnosis.summary, diagnosis.help)]
    }
    return []
  }

  private static let userFile = "~/.apify/auth.json"
}
