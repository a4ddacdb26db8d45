"""`make sbom`: a bill of materials (CycloneDX) and the list of licences, into ``sbom/``."""

from __future__ import annotations

import importlib.metadata
import json
from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from supply_chain import ROOT, Component, components

FOLDER = ROOT / "sbom"
SERVICE = "ect-registration-service"


def bill_of(parts: Sequence[Component]) -> dict[str, Any]:
    """CycloneDX 1.6. The same parts make the same bill, whenever it is made."""
    version = importlib.metadata.version(SERVICE)
    service = f"pkg:pypi/{SERVICE}@{version}"
    known = {part.name: part.purl for part in parts if part.kind == "pypi"}
    of_the_service = {"ref": service, "dependsOn": [part.purl for part in parts if part.shipped]}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, ' '.join(p.purl for p in parts))}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": service,
                "name": SERVICE,
                "version": version,
                "purl": service,
            }
        },
        "components": [_component(part) for part in parts],
        "dependencies": [
            of_the_service,
            *(
                {
                    "ref": part.purl,
                    "dependsOn": [known[name] for name in part.needs if name in known],
                }
                for part in parts
            ),
        ],
    }


def _component(part: Component) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": part.purl,
        "name": part.name,
        "version": part.version,
        "purl": part.purl,
        "scope": "required" if part.shipped else "excluded",
        "licenses": [{"expression": part.licence}],
        "hashes": [{"alg": algorithm, "content": digest} for algorithm, digest in part.sums],
    }


def licences_of(parts: Sequence[Component]) -> str:
    """A table for people: what is shipped first."""
    rows = sorted(parts, key=lambda part: (not part.shipped, part))
    lines = [
        f"| {part.name} | {part.version} | {part.licence} | {'yes' if part.shipped else 'no'} |"
        for part in rows
    ]
    head = ("# Licences", "", "| package | version | licence | shipped |", "|---|---|---|---|")
    return "\n".join([*head, *lines]) + "\n"


def main() -> None:
    """Write both, and say where."""
    parts = components()
    FOLDER.mkdir(exist_ok=True)
    bill = json.dumps(bill_of(parts), indent=2) + "\n"
    (FOLDER / "sbom.cdx.json").write_text(bill, encoding="utf-8")
    (FOLDER / "licences.md").write_text(licences_of(parts), encoding="utf-8")
    refused = [part.purl for part in parts if not part.may_be_used]
    print(f"{len(parts)} packages: sbom/sbom.cdx.json, sbom/licences.md")
    if refused:
        raise SystemExit(f"Licences that are not accepted: {', '.join(refused)}")


if __name__ == "__main__":
    main()
