// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

internal import SourcePackage
internal import SystemIO

/// The page of `report`: one file with all that it needs.
///
/// Markup, style and script are the same in each page. All that comes from the project is in one block of
/// JSON that no browser runs, and the script puts it into the page as text, never as markup. Should that
/// fail, the page's own policy still runs no script but the one whose digest it names, and loads nothing.
enum ReportPage {
  /// The page that shows `data`.
  static func bytes(_ data: ReportData) -> [UInt8] {
    let style = Array(ReportStyle.text.utf8)
    let script = Array(ReportScript.text.utf8)
    let policy =
      "default-src 'none'; base-uri 'none'; form-action 'none'; "
      + "style-src 'sha256-\(Checksum256.base64(of: style))'; script-src 'sha256-\(Checksum256.base64(of: script))'"
    var page = Array(ReportMarkup.head.utf8)
    page += Array("<meta http-equiv=\"Content-Security-Policy\" content=\"\(policy)\">\n<style>".utf8)
    page += style
    page += Array(ReportMarkup.body.utf8)
    page += Array("<script type=\"application/json\" id=\"data\">".utf8)
    page += data.scriptSafeJSON
    page += Array("</script>\n<script>".utf8)
    page += script
    page += Array("</script>\n</body>\n</html>\n".utf8)
    return page
  }
}
