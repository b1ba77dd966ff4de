// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Hummingbird
internal import NIOCore
internal import ZipReader

extension Endpoints {
  /// Pages for people, read-only. They need no token: what listens on loopback only is for whoever uses the machine, and secrets
  /// are not on them.
  func registerPages(on router: Router<EmulatorContext>) {
    router.get("/") { _, _ in
      let source = BuildSource(store: store, contents: contents)
      let content = PlatformPage(state: store.read { $0 }) { address in
        (try? source.archive(at: address))?.entries.map { entry in
          PlatformPage.Member(
            name: String(decoding: entry.name, as: UTF8.self) + (entry.isFolder ? "/" : ""),
            byteCount: entry.byteCount)
        }
      }
      return page(content.html)
    }

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
