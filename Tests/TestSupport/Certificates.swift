// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// Certificates of an authority of the tests' own, made by openssl in a temporary folder.
package struct Certificates: Sendable {
  /// What a certificate is like.
  package enum Kind: String, CaseIterable, Sendable {
    case good, expired, future, other
    /// Signed by itself.
    case own
  }

  package let folder: TemporaryFolder

  /// The authority's own certificate, which a client may trust.
  package var authority: String { folder("ca.pem") }

  package init() async throws {
    folder = try TemporaryFolder()
    try folder.write("script", Self.script)
    let output = try await shell("sh", ["-eu", "script"], in: folder.path)
    guard output.status == 0 else { throw Failure(talk: output.talk) }
  }

  /// What openssl said where it failed.
  package struct Failure: Error { package let talk: String }

  private static let script = """
    key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>/dev/null; }
    key ca.key; key key.pem
    openssl req -x509 -new -key ca.key -out ca.pem -subj '/O=Tests/CN=Tests of actorpush' -days 3650
    printf '%s\\n' '[ca]' 'default_ca = d' '[d]' 'database = index' 'new_certs_dir = .' 'serial = serial' \
      'default_md = sha256' 'policy = p' 'unique_subject = no' 'copy_extensions = copy' '[p]' \
      'commonName = supplied' >config
    : >index; echo 01 >serial
    names='DNS:localhost,DNS:api.actorpush.test,IP:127.0.0.1'
    sign() { # NAME SUBJECT-ALTERNATIVE-NAMES FROM TO
      openssl req -new -key key.pem -subj "/CN=$1" -addext "subjectAltName=$2" -out "$1.csr"
      openssl ca -batch -notext -config config -cert ca.pem -keyfile ca.key -in "$1.csr" -out "$1.pem" \
        -startdate "$3" -enddate "$4" 2>/dev/null
    }
    sign good "$names" 20200101000000Z 20491231000000Z
    sign expired "$names" 20200101000000Z 20210203040506Z
    sign future "$names" 20480101000000Z 20491231000000Z
    sign other 'DNS:one.example,DNS:*.two.example' 20200101000000Z 20491231000000Z
    openssl req -x509 -new -key key.pem -out own.pem -subj /CN=localhost -addext subjectAltName=DNS:localhost
    mkdir authorities; cp ca.pem authorities/ca.pem; cp ca.pem authorities/again.0; echo no >authorities/README
    mkdir digests other-digests; cp other.pem other-digests/01234567.0; cp own.pem digests; cp ca.pem "digests/$(openssl x509 -in ca.pem -noout -hash).0"
    echo 'no certificate' >empty.pem
    """
}
