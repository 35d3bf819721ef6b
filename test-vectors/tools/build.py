#!/usr/bin/env python3
"""Writes the vector files, the manifest and the lock; with --check it only says what would change.

    python3 test-vectors/tools/build.py            write
    python3 test-vectors/tools/build.py --check    exit 1 when a file is not what this script would write

Standard library only. The same input gives the same bytes.
"""

import argparse
import hashlib
import importlib
import json
import pathlib
import re
import sys

import suite

ROOT = pathlib.Path(__file__).resolve().parent.parent
REGISTRY = ROOT.parent / "protocol-spec" / "registry"
RETIRED = ROOT / "tools" / "data" / "retired.json"
AREAS = ["area_frame", "area_negative", "area_msgpack", "area_golden", "area_stream", "area_codec",
         "area_codec_streams", "area_ids", "area_tables", "area_lease", "area_chord", "area_rings",
         "area_link", "area_link_times", "area_budgets", "area_mesh", "area_sync", "area_live_link", "area_live_mesh",
         "area_live_table", "area_live_sync", "area_live_chord",
         "area_live_bounds", "area_live_tls"]


def compact(value):
    return json.dumps(value, ensure_ascii=True, separators=(", ", ": "))


def digest(data):
    return hashlib.sha256(data).hexdigest()


def vector_file(area, flags):
    """One line a field, so that a diff of a case is short and a file can be read."""
    used = sorted({name for case in area.cases for name in case["flags"]})
    head = {"suite": "p2p-today", "suiteVersion": suite.SUITE_VERSION, "protocol": suite.PROTOCOL,
            "schema": "../schema/vectors.schema.json", "area": area.name, "about": area.about,
            "numberOfTests": len(area.cases), "flags": {name: flags[name] for name in used}}
    lines = [f"  {json.dumps(key)}: {compact(value)}," for key, value in head.items() if key != "flags"]
    lines.append('  "flags": {')
    lines.append(",\n".join(f"    {json.dumps(name)}: {compact(flags[name])}" for name in used))
    lines.append("  },")
    tests = []
    for case in area.cases:
        tests.append("    {\n" + ",\n".join(f"      {json.dumps(k)}: {compact(v)}" for k, v in case.items()) + "\n    }")
    return "{\n" + "\n".join(lines) + '\n  "tests": [\n' + ",\n".join(tests) + "\n  ]\n}\n"


def verdict(case):
    return "invalid:" + case["expect"]["err"] if case["result"] == "invalid" else case["result"]


def lock_line(case):
    content = {key: case[key] for key in ("op", "input", "result", "expect")}
    return f"{case['id']} {case['op']} {verdict(case)} {digest(json.dumps(content, sort_keys=True).encode())}"


def lock(cases, retired):
    """Appends the new ids to the lock; an id that vanished or means something else is an error."""
    path = ROOT / "ids.lock"
    kept = path.read_text().splitlines() if path.exists() else []
    fresh = {case["id"]: lock_line(case) for case in cases}
    wrong = []
    for line in kept:
        ident = line.split(" ")[0]
        if ident in fresh and ident in retired:
            wrong.append(f"{ident} is retired and cannot come back")
        elif ident not in fresh and ident not in retired:
            wrong.append(f"{ident} vanished: retire it in tools/data/retired.json")
        elif ident in fresh and fresh[ident] != line:
            wrong.append(f"{ident} means something else now: retire it and give the new case a new id")
    if wrong:
        sys.exit("ids.lock is append-only:\n  " + "\n  ".join(wrong))
    known = {line.split(" ")[0] for line in kept}
    return "\n".join(kept + [line for ident, line in fresh.items() if ident not in known]) + "\n"


def manifest(files, cases, retired, lock_text):
    registry = {path.name: digest(path.read_bytes()) for path in sorted(REGISTRY.glob("*.csv"))}
    schemas = {path.name: digest(path.read_bytes()) for path in sorted((ROOT / "schema").glob("*.json"))}
    listed = [{"file": f"vectors/{area.name}.json", "cases": len(area.cases), "sha256": digest(text.encode())}
              for area, text in files]
    whole = {"suite": "p2p-today", "suiteVersion": suite.SUITE_VERSION, "protocol": suite.PROTOCOL,
             "schema": "schema/manifest.schema.json", "cases": len(cases), "files": listed,
             "lock": {"file": "ids.lock", "ids": len(lock_text.splitlines()), "sha256": digest(lock_text.encode())},
             "schemas": schemas, "registry": registry,
             "retired": [{"id": ident, **why} for ident, why in sorted(retired.items())]}
    return json.dumps(whole, indent=2) + "\n"


def clauses():
    spec = ROOT.parent / "protocol-spec"
    text = "\n".join(path.read_text() for path in sorted(spec.glob("*.md")))
    return set(re.findall(r"\*\*([A-Z0-9]+-\d+)\*\* \(", text))


def errors():
    return {line.split(",")[0] for line in (REGISTRY / "errors.csv").read_text().splitlines()[1:]}


def sound(cases):
    """What the schema cannot say: ids are unique, clauses and codes exist, flags are explained."""
    seen, wrong, known, codes = set(), [], clauses(), errors()
    for case in cases:
        if case["id"] in seen:
            wrong.append(f"{case['id']} is used twice")
        seen.add(case["id"])
        wrong += [f"{case['id']} names {req}, which is no clause" for req in case["req"] if req not in known]
        wrong += [f"{case['id']} has a flag {name} that nobody explains" for name in case["flags"]
                  if name not in suite.FLAGS]
        if case["result"] == "invalid" and case["expect"]["err"] not in codes:
            wrong.append(f"{case['id']} expects {case['expect']['err']}, which is no error code")
    if wrong:
        sys.exit("\n".join(wrong))


def everything():
    for name in AREAS:
        if (ROOT / "tools" / f"{name}.py").exists():
            importlib.import_module(name).build()
    areas = [area for area in suite.FILES if area.cases]
    cases = [case for area in areas for case in area.cases]
    sound(cases)
    files = [(area, vector_file(area, suite.FLAGS)) for area in areas]
    retired = json.loads(RETIRED.read_text()) if RETIRED.exists() else {}
    lock_text = lock(cases, retired)
    texts = {f"vectors/{area.name}.json": text for area, text in files}
    texts["ids.lock"] = lock_text
    texts["manifest.json"] = manifest(files, cases, retired, lock_text)
    return texts, cases


def main():
    parser = argparse.ArgumentParser(description="Writes or checks the test vectors.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when a file would change")
    check = parser.parse_args().check
    texts, cases = everything()
    stale = [name for name, text in texts.items()
             if not (ROOT / name).exists() or (ROOT / name).read_text() != text]
    stray = [path.name for path in (ROOT / "vectors").glob("*.json") if f"vectors/{path.name}" not in texts]
    if check and (stale or stray):
        sys.exit("not what build.py writes: " + ", ".join(stale + stray))
    for name in [] if check else stale:
        (ROOT / name).write_text(texts[name])
    print(f"{len(cases)} cases in {len(texts) - 2} files, {len(stale)} files changed")


if __name__ == "__main__":
    main()
