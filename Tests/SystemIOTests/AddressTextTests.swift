// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import SystemIO
import Testing

@Suite("An address that is shown or kept")
struct AddressTextTests {
  @Test(
    "has no password, token or signature",
    arguments: [
      ("https://jane:secret@host.example/x.git", "https://host.example/x.git"),
      ("https://ghp_secret@github.com/x.git", "https://github.com/x.git"),
      ("https://jane:sec@ret@host:8443/x", "https://host:8443/x"),
      ("http://jane:secret@[::1]:80", "http://[::1]:80"),
      ("HTTPS://jane:secret@host", "HTTPS://host"),
      ("ssh://git:secret@host/x.git", "ssh://git@host/x.git"),
      ("git+ssh://git@host/x.git", "git+ssh://git@host/x.git"),
      (
        "https://host/a?signature=secret&b=1&access_token=secret#f",
        "https://host/a?signature=…&b=1&access_token=…"
      ),
      (
        "https://host/a?X-Amz-Credential=secret&X-Amz-Date=1",
        "https://host/a?X-Amz-Credential=…&X-Amz-Date=1"
      ),
      ("https://host?token=secret", "https://host?token=…"),
      (
        "fatal: unable to access 'https://u:secret@h/': and \"http://v:secret@i/?key=secret\" (\nftp://w:secret@j",
        "fatal: unable to access 'https://h/': and \"http://i/?key=…\" (\nftp://j"
      ),
    ])
  func secrets(text: String, expected: String) { #expect(AddressText.withoutSecrets(text) == expected) }

  @Test(
    "is otherwise as it was",
    arguments: [
      "", "origin", "git@host:x.git", "/a/b@c", "C:\\x", "https://host/@scope/x?a=b@c", "https://", "://",
      "a://b://c", "file:///a@b", "caf\u{E9} https://h\u{E9}/ \u{1F600}", "https://host/?token", "2 > 1: a@b",
    ])
  func plain(text: String) { #expect(AddressText.withoutSecrets(text) == text) }
}
