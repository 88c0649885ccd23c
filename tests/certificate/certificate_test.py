"""Certificates of the sample worksheets add up; one changed word in them does not."""

import copy
import json
import pathlib
import subprocess
import sys

BINARY, ROOT, WORK = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
CHECKER = ROOT / "bindings/certificate/periksa_sertifikat.py"
PLAN = ROOT / "plans/kaltim-lingkungan"


def check(path):
    done = subprocess.run([sys.executable, CHECKER, path], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def expect(code, path, what):
    got, said = check(path)
    assert got == code, f"{what}: expected {code}, got {got}: {said}"


def certify(worksheet):
    path = WORK / f"{worksheet}.json"
    subprocess.run(
        [BINARY, "score", PLAN, "--pack", "sakip-2021", "--lembar-kerja", worksheet, "--certificate", path],
        check=False, capture_output=True, env={"JENJANG_PAKET": str(ROOT / "models")})
    return path


def changed(document, change):
    other = copy.deepcopy(document)
    change(other)
    path = WORK / "changed.json"
    path.write_text(json.dumps(other), encoding="utf-8")
    return path


def node(document, code):
    return next(one for one in document["simpul"] if one["kode"] == code)


# Points of the two sheets by hand, as their files say: M1 77.30; M2 23.6557 + 22.0857 + 11.5286 + 19.05, printed 76.32.
for sheet, printed, better in (("LKE-DLH-M1", "77.30", "ya"), ("LKE-DLH-M2", "76.32", "AA")):
    path = certify(sheet)
    expect(0, path, sheet)
    document = json.loads(path.read_text(encoding="utf-8"))
    assert document["nilai_tercetak"] == printed, document["nilai_tercetak"]
    assert document["predikat"] == "BB"

    def answer(doc):
        leaf = next(one for one in doc["simpul"] if "jawaban" in one and one["jawaban"] not in (better, ""))
        leaf["jawaban"] = better

    expect(1, changed(document, answer), "another answer")
    expect(1, changed(document, lambda doc: doc.update(nilai="80")), "another total")
    expect(1, changed(document, lambda doc: doc.update(nilai_tercetak="80.00")), "another printed total")
    expect(1, changed(document, lambda doc: doc.update(predikat="A")), "another predicate")
    expect(1, changed(document, lambda doc: node(doc, "1.a").update(faktor="0.07")), "another weight")
    expect(1, changed(document, lambda doc: node(doc, "2").update(nilai="30")), "another component")
    expect(2, changed(document, lambda doc: doc.pop("simpul")), "no nodes")

empty = WORK / "empty.json"
empty.write_text("", encoding="utf-8")
expect(2, empty, "no JSON")
print("certificates: all checks passed")
