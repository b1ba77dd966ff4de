// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import Hummingbird
internal import PlatformModel

/// An HTML page, without scripts and without anything from other servers.
struct Page: Sendable {
  var status: HTTPResponse.Status = .ok
  let title: String
  /// Whether it is to be shown again after a moment, because something on it is under way.
  var isChanging = false
  let body: HTML

  /// The page as an answer that no other site can show, and no browser keeps.
  func response(address: String) -> Response {
    let refresh: HTML = isChanging ? "<meta http-equiv=\"refresh\" content=\"1\">" : ""
    let style = HTML(stringLiteral: PageStyle.text)
    let html: HTML = """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>\(title)</title>
      <meta name="viewport" content="width=device-width, initial-scale=1">\(refresh)
      <style>\(style)</style></head>
      <body><header><div><a href="/">actorpush emulator</a>
      <span class="soft">the Apify API on this machine, <code>\(address)</code></span></div></header>
      <main>\(body)</main></body></html>

      """
    var headers: HTTPFields = [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"]
    let rules = [
      "Content-Security-Policy":
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'",
      "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
      "Cross-Origin-Resource-Policy": "same-origin",
    ]
    for (name, value) in rules {
      if let name = HTTPFields.Element.Name(name) { headers[name] = value }
    }
    return Response(
      status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: html.text)))
  }

  /// The page for what is not there.
  static func error(_ status: HTTPResponse.Status, _ message: String) -> Page {
    Page(
      status: status, title: "actorpush emulator",
      body:
        "<div class=\"card\"><div class=\"empty\"><h1>\(message)</h1><a href=\"/\">All Actors</a></div></div>"
    )
  }
}
