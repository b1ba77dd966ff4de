// SPDX-License-Identifier: Apache-2.0
// Copyright the actorpush authors

import TestSupport
import Testing

/// Python reads a document with its own JSON parser, decodes every entry with its own base64, and compares
/// with the tree on the disk.
enum PythonOracle {
  private static let script = """
    import base64, json, os, sys, urllib.request
    root = os.fsencode(sys.argv[1])
    if len(sys.argv) > 2:
        request = urllib.request.Request(sys.argv[2], headers={'Authorization': 'Bearer ' + sys.argv[3]})
        document = json.load(urllib.request.urlopen(request))['data']
    else:
        document = json.load(sys.stdin.buffer)
    names = [entry['name'].encode() for entry in document['sourceFiles']]
    assert names == sorted(set(names)), 'not sorted by bytes'
    for entry in document['sourceFiles']:
        path = os.path.join(root, entry['name'].encode())
        if entry.get('folder'):
            assert os.path.isdir(path) and set(entry) == {'name', 'folder'}, path
            continue
        with open(path, 'rb') as file:
            data = file.read()
        try:
            text = data.decode('utf-8', 'strict')
            expected = 'BASE64' if '\\0' in text else 'TEXT'
        except UnicodeDecodeError:
            expected = 'BASE64'
        assert entry['format'] == expected, path
        content = entry['content']
        sent = content.encode() if expected == 'TEXT' else base64.b64decode(content, validate=True)
        assert sent == data, path
    disk = set()
    for folder, folders, files in os.walk(root):
        for name in folders + files:
            disk.add(os.path.relpath(os.path.join(folder, name), root))
    assert disk == set(names), disk ^ set(names)
    print(len(names))
    """

  /// Holds the document `json` against `folder`.
  static func check(_ json: [UInt8], against folder: TemporaryFolder) async throws {
    let output = try await shell("python3", ["-c", script, folder.path], input: json)
    #expect(output.status == 0, "\(output.talk)")
  }

  /// Holds what the platform gives for the version at `address` against `folder`.
  static func check(_ address: String, token: String, against folder: TemporaryFolder) async throws {
    let output = try await shell("python3", ["-c", script, folder.path, address, token])
    #expect(output.status == 0, "\(output.talk)")
  }
}
