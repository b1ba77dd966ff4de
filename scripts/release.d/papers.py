# SPDX-License-Identifier: Apache-2.0
# Copyright the actorpush authors
"""The SBOM (SPDX 2.3), the notices of third parties, the notes of the release, SHA256SUMS."""
import datetime
import json
import os
import re

from archives import sha256
from release import read


def notices(found):
    """The licences of what is linked in; a text that several share stands there once."""
    lines = ["Parts of others in actorpush", "=" * 28, ""]
    texts = {}
    for component in found:
        lines.append(f"* {component.name} {component.version}: {component.license}".replace(" NOASSERTION:", ":"))
        for path in component.texts:
            text = read(path).decode(errors="replace").strip()
            texts.setdefault(text, []).append(f"{component.name}: {os.path.basename(path)}")
    for text, owners in texts.items():
        lines += ["", "-" * 78, *owners, "-" * 78, "", text]
    return ("\n".join(lines) + "\n").encode()


def identifier(name):
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]+", "-", name).strip("-")


def sbom(release, build, found):
    created = datetime.datetime.fromtimestamp(release.epoch, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    program = build.programs["actorpush"]
    root = {
        "SPDXID": "SPDXRef-actorpush", "name": "actorpush", "versionInfo": release.version,
        "downloadLocation": "NOASSERTION", "filesAnalyzed": False, "primaryPackagePurpose": "APPLICATION",
        "licenseConcluded": "Apache-2.0", "licenseDeclared": "Apache-2.0", "copyrightText": "NOASSERTION",
        "supplier": f"Organization: {release.project['authors']}",
        "checksums": [{"algorithm": "SHA256", "checksumValue": sha256(program)}],
        "homepage": release.project["homepage"],
    }
    packages, relations = [root], []
    for component in found:
        package = {
            "SPDXID": identifier(component.name), "name": component.name, "versionInfo": component.version,
            "downloadLocation": component.source, "filesAnalyzed": False, "supplier": component.supplier,
            "licenseConcluded": component.license, "licenseDeclared": component.license,
            "copyrightText": "NOASSERTION",
            "externalRefs": [{
                "referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": component.purl,
            }],
        }
        packages.append(package)
        relations.append({
            "spdxElementId": "SPDXRef-actorpush", "relationshipType": "STATIC_LINK",
            "relatedSpdxElement": package["SPDXID"],
        })
    relations.append({
        "spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-actorpush",
    })
    name = f"actorpush-{release.version}-{build.platform.name}"
    document = {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": name,
        "documentNamespace": f"{release.project['homepage']}/spdx/{name}-{sha256(program)[:16]}",
        "creationInfo": {"created": created, "creators": ["Tool: actorpush scripts/release"]},
        "packages": packages, "relationships": relations,
    }
    release.write(f"{name}.spdx.json", (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode())


def notes(changelog, version, draft):
    """The section of CHANGELOG.md that this release is; raises LookupError where there is none."""
    sections = dict(re.findall(r"^## \[([^\]]+)\][^\n]*\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL))
    if version in sections:
        return sections[version].strip() + "\n"
    if draft and "Unreleased" in sections:
        return sections["Unreleased"].strip() + "\n"
    raise LookupError(
        f'CHANGELOG.md has no section "## [{version}]": a release says what is new '
        "(--draft takes what stands under [Unreleased])")


def sums(release):
    lines = [f"{sha256(read(os.path.join(release.output, name)))}  {name}\n" for name in sorted(release.made)]
    release.write("SHA256SUMS", "".join(lines).encode())
