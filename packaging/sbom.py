#!/usr/bin/env python3
"""Writes an SPDX 2.3 document about the packages in a folder: each file with its SHA-256 sum, and what the
portable archive carries of other projects. SOURCE_DATE_EPOCH sets its date.

usage: sbom.py VERSION HOMEPAGE FOLDER > gemini-desk.spdx.json
"""
import hashlib
import json
import os
import pathlib
import re
import sys
import tarfile
import time


def carried(archive):
    """(package, source, version) of each Debian package that the portable archive took libraries from."""
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.name.endswith("/share/licenses/carried.txt"):
                return [line.split() for line in tar.extractfile(member).read().decode().splitlines()]
    return []


def identifier(text):
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", text)


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    version, homepage, folder = sys.argv[1:]
    files = sorted(
        path for path in pathlib.Path(folder).iterdir()
        if path.name.endswith((".deb", ".rpm", ".tar.gz", ".exe", ".zip", ".dmg", ".AppImage"))
    )
    packages = []
    relationships = []
    for path in files:
        name = identifier(path.name)
        packages.append({
            "SPDXID": name,
            "name": path.name,
            "packageFileName": path.name,
            "versionInfo": version,
            "supplier": "Organization: Gemini Desk developers",
            "downloadLocation": f"{homepage}/releases/download/v{version}/{path.name}",
            "filesAnalyzed": False,
            "checksums": [{"algorithm": "SHA256", "checksumValue": hashlib.sha256(path.read_bytes()).hexdigest()}],
            "licenseConcluded": "GPL-3.0-or-later",
            "licenseDeclared": "GPL-3.0-or-later",
            "copyrightText": "2026 Gemini Desk developers",
        })
        relationships.append(
            {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": name})
        if not path.name.endswith(".tar.gz"):
            continue
        for package, source, number in carried(path):
            inner = identifier(f"carried-{package}")
            if all(known["SPDXID"] != inner for known in packages):
                packages.append({
                    "SPDXID": inner,
                    "name": package,
                    "versionInfo": number,
                    "supplier": "Organization: Debian",
                    "downloadLocation": "NOASSERTION",
                    "filesAnalyzed": False,
                    "licenseConcluded": "NOASSERTION",
                    "licenseDeclared": "NOASSERTION",
                    "copyrightText": "NOASSERTION",
                    "externalRefs": [{
                        "referenceCategory": "PACKAGE-MANAGER",
                        "referenceType": "purl",
                        "referenceLocator": f"pkg:deb/debian/{package}@{number}?upstream={source}",
                    }],
                })
            relationships.append(
                {"spdxElementId": name, "relationshipType": "CONTAINS", "relatedSpdxElement": inner})
    if not files:
        sys.exit(f"sbom.py: no packages in {folder}")
    created = time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", time.time())))
    json.dump({
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"gemini-desk-{version}",
        "documentNamespace": f"{homepage}/releases/download/v{version}/gemini-desk.spdx.json",
        "creationInfo": {
            "created": time.strftime("%Y-%m-%dT%H:%M:%SZ", created),
            "creators": ["Organization: Gemini Desk developers", "Tool: packaging/sbom.py"],
        },
        "packages": packages,
        "relationships": relationships,
    }, sys.stdout, indent=1)
    print()


main()
