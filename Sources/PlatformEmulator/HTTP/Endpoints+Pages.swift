// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Hummingbird
internal import NIOCore

extension Endpoints {
  /// Pages for people, read-only. They need no token: what listens on loopback only is for whoever uses the machine, and secrets
  /// are not on them.
  func registerPages(on router: Router<EmulatorContext>) {
    router.get("/") { _, _ in page(PlatformPage(state: store.read { $0 }).html) }

    router.get("/files/{actor}/{version}/{index}") { _, context in
      let state = store.read { $0 }
      guard let actor = context.parameters.get("actor").flatMap({ state.actors[$0] }),
        let version = actor.versions.first(where: {
          $0.versionNumber.description == context.parameters.get("version")
        }), let files = version.files, let index = context.parameters.get("index").flatMap({ Int($0) }),
        files.indices.contains(index)
      else { throw PlatformError.notFound("File") }
      return page(PlatformPage.file(files[index]))
    }
  }

  private func page(_ html: HTML) -> Response {
    Response(
      status: .ok,
      headers: [
        .contentType: "text/html; charset=utf-8",
        // Whatever somebody has pushed: nothing on a page is fetched or run.
        .contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'",
      ], body: ResponseBody(byteBuffer: ByteBuffer(string: html.source)))
  }
}
