// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

/// What an X.509 certificate (RFC 5280) says of itself: enough to tell why it is not trusted. Nothing of it
/// is verified here.
struct PeerCertificate: Hashable, Sendable {
  /// The common name of the issuer, or its organisation.
  let issuer: String
  /// The host names and addresses that it is for.
  let names: [String]
  /// Seconds since 1970.
  let notBefore: Int
  let notAfter: Int
  /// Whether issuer and subject are the same.
  let isSelfSigned: Bool

  /// Reads `der`; nil where that is no certificate.
  init?(der: [UInt8]) {
    var outer = DERReader(der[...])
    guard let certificate = outer.next(Tag.sequence) else { return nil }
    var signed = DERReader(certificate)
    guard let body = signed.next(Tag.sequence) else { return nil }
    var fields = DERReader(body)
    guard var field = fields.next() else { return nil }
    // The version stands before the serial number where it is not the first.
    if field.tag == Tag.version {
      guard let serial = fields.next() else { return nil }
      field = serial
    }
    guard fields.next(Tag.sequence) != nil, let issuer = fields.next(Tag.sequence),
      let validity = fields.next(Tag.sequence), let subject = fields.next(Tag.sequence)
    else { return nil }
    var dates = DERReader(validity)
    guard let from = dates.next().flatMap(Self.seconds), let to = dates.next().flatMap(Self.seconds) else {
      return nil
    }
    (notBefore, notAfter) = (from, to)
    self.issuer = Self.name(issuer)
    isSelfSigned = issuer == subject
    var names: [String] = []
    while let field = fields.next() {
      if field.tag == Tag.extensions { names = Self.alternativeNames(field.contents) }
    }
    self.names = names.isEmpty ? [Self.name(subject)].filter { !$0.isEmpty } : names
  }

  private enum Tag {
    static let sequence: UInt8 = 0x30
    static let set: UInt8 = 0x31
    static let objectIdentifier: UInt8 = 0x06
    static let octetString: UInt8 = 0x04
    static let version: UInt8 = 0xA0
    static let extensions: UInt8 = 0xA3
    static let utcTime: UInt8 = 0x17
    static let generalizedTime: UInt8 = 0x18
    static let dnsName: UInt8 = 0x82
    static let ipAddress: UInt8 = 0x87
  }

  private static func name(_ contents: ArraySlice<UInt8>) -> String {
    var common = ""
    var organisation = ""
    var sets = DERReader(contents)
    while let set = sets.next(Tag.set) {
      var pairs = DERReader(set)
      while let pair = pairs.next(Tag.sequence) {
        var parts = DERReader(pair)
        guard let type = parts.next(Tag.objectIdentifier), let value = parts.next() else { continue }
        let text = String(decoding: value.contents, as: UTF8.self)
        if type.elementsEqual([0x55, 0x04, 0x03]) { common = text }
        if type.elementsEqual([0x55, 0x04, 0x0A]) { organisation = text }
      }
    }
    return common.isEmpty ? organisation : common
  }

  private static func alternativeNames(_ contents: ArraySlice<UInt8>) -> [String] {
    var outer = DERReader(contents)
    var extensions = DERReader(outer.next(Tag.sequence) ?? [])
    var names: [String] = []
    while let one = extensions.next(Tag.sequence) {
      var parts = DERReader(one)
      guard parts.next(Tag.objectIdentifier)?.elementsEqual([0x55, 0x1D, 0x11]) == true else { continue }
      while let part = parts.next() {
        guard part.tag == Tag.octetString else { continue }
        var value = DERReader(part.contents)
        var list = DERReader(value.next(Tag.sequence) ?? [])
        while let name = list.next() {
          if name.tag == Tag.dnsName { names.append(String(decoding: name.contents, as: UTF8.self)) }
          if name.tag == Tag.ipAddress, name.contents.count == 4 {
            names.append(name.contents.map { String($0) }.joined(separator: "."))
          }
        }
      }
    }
    return names
  }

  /// `YYMMDDHHMMSSZ`, or with four digits of the year, in seconds since 1970.
  private static func seconds(_ time: (tag: UInt8, contents: ArraySlice<UInt8>)) -> Int? {
    guard time.contents.last == UInt8(ascii: "Z") else { return nil }
    var digits: [Int] = []
    for byte in time.contents.dropLast() {
      guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
      digits.append(Int(byte - UInt8(ascii: "0")))
    }
    switch (time.tag, digits.count) {
    // Years from 50 on are of the last century.
    case (Tag.utcTime, 12): digits.insert(contentsOf: digits[0] >= 5 ? [1, 9] : [2, 0], at: 0)
    case (Tag.generalizedTime, 14): break
    default: return nil
    }
    let pairs = stride(from: 0, to: digits.count, by: 2).map { digits[$0] * 10 + digits[$0 + 1] }
    guard (1...12).contains(pairs[2]), (1...31).contains(pairs[3]) else { return nil }
    let days = CivilDate.days(year: pairs[0] * 100 + pairs[1], month: pairs[2], day: pairs[3])
    return ((days * 24 + pairs[4]) * 60 + pairs[5]) * 60 + pairs[6]
  }
}
