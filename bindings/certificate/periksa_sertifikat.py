#!/usr/bin/env python3
"""Adds a Jenjang score certificate up again, from its leaves alone.

Needs Python 3 and nothing else; it shares no code with the engine. Every value is a fraction. Each inner node
is made from its parts by the way, weights and factor that the certificate states, and must equal the value it
states; the total is rounded once and read on the scale of predicates.

    python3 periksa_sertifikat.py sertifikat.json [lembar-kerja.csv]

With the worksheet also: it is the very file that was certified (SHA-256). Without it only the arithmetic is checked; whose
score it is, and whether the answers are those given, nobody can tell from the certificate alone.

Exit code 0: everything adds up. 1: something does not. 2: the file cannot be read as a certificate.
"""

import hashlib
import json
import sys
from fractions import Fraction

FORMAT_VERSION = 1


class Mismatch(Exception):
    """Something the certificate states does not follow from its leaves."""


def round_half_up(value, places):
    """Half away from zero, to `places` decimals."""
    unit = Fraction(1, 10**places)
    scaled = abs(value) / unit
    whole = scaled.numerator // scaled.denominator
    if scaled - whole >= Fraction(1, 2):
        whole += 1
    return (whole if value >= 0 else -whole) * unit


def round_half_even(value, places):
    unit = Fraction(1, 10**places)
    scaled = value / unit
    whole = scaled.numerator // scaled.denominator
    rest = scaled - whole
    if rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole % 2 == 1):
        whole += 1
    return whole * unit


def truncate(value, places):
    unit = Fraction(1, 10**places)
    scaled = abs(value) / unit
    whole = scaled.numerator // scaled.denominator
    return (whole if value >= 0 else -whole) * unit


def floor(value, places):
    unit = Fraction(1, 10**places)
    return ((value / unit).numerator // (value / unit).denominator) * unit


def ceiling(value, places):
    return -floor(-value, places)


ROUNDINGS = {
    "setengah-ke-atas": round_half_up,
    "setengah-genap": round_half_even,
    "potong": truncate,
    "lantai": floor,
    "langit": ceiling,
}


def rounded(value, rule):
    name, _, places = rule.partition("/")
    if name == "tepat":
        return value
    return ROUNDINGS[name](value, int(places))


class Certificate:
    def __init__(self, document):
        self.document = document
        self.nodes = {node["kode"]: node for node in document["simpul"]}
        self.root = document["simpul"][0]["kode"]
        self.values = {}

    def check(self):
        """Returns the total, its printed form and the predicate, all made again."""
        total = self.value(self.root)
        if total is None:
            raise Mismatch("nilai tidak dapat dihitung: ada jawaban yang hilang")
        self.same(self.document["nilai"], total, "nilai")
        printed = rounded(total, self.document["pembulatan"])
        self.same(self.document["nilai_tercetak"], printed, "nilai tercetak")
        predicate = self.predicate(total)
        if predicate != self.document["predikat"]:
            raise Mismatch(f"predikat: tertulis {self.document['predikat']}, seharusnya {predicate}")
        return total, printed, predicate

    @staticmethod
    def same(stated, made, what):
        if Fraction(stated) != made:
            raise Mismatch(f"{what}: tertulis {stated}, seharusnya {made}")

    def value(self, code):
        """Points of a node, made from its leaves; None when an answer is missing or left out."""
        if code in self.values:
            return self.values[code]
        node = self.nodes[code]
        made = self.inner(node) if "bagian" in node else self.leaf(node)
        if (made is None) != (node["nilai"] is None):
            raise Mismatch(f"{code}: tertulis {node['nilai']}, seharusnya {made}")
        if made is not None:
            self.same(node["nilai"], made, code)
        self.values[code] = made
        return made

    def leaf(self, node):
        answer = node["jawaban"]
        if answer == "":
            return None
        scale = self.document["skala_jawaban"].get(node["skala"])
        if scale is None:
            value = Fraction(answer)
        elif answer in scale["tidak_dinilai"]:
            return None
        else:
            value = Fraction(scale["poin"][answer])
        if "ditahan_oleh" in node:
            # Held down by a node it rests on: never more than the answer says.
            stated = Fraction(node["nilai"])
            if stated > value:
                raise Mismatch(f"{node['kode']}: ditahan pada {stated}, di atas jawabannya sendiri {value}")
            return stated
        return value

    def unanswered(self, code):
        node = self.nodes[code]
        if "bagian" in node:
            return self.value(code) is None and any(self.unanswered(part["kode"]) for part in node["bagian"])
        return node["jawaban"] == ""

    def inner(self, node):
        parts = []  # (weight, value) of what counts
        for part in node["bagian"]:
            value = self.value(part["kode"])
            if value is None and self.unanswered(part["kode"]):
                if node["data_hilang"] == "ketat":
                    return None
                if node["data_hilang"] == "lewati":
                    continue
                value = Fraction(0)
            if value is not None:
                parts.append((Fraction(part["bobot"]), value))
        if not parts:
            return None
        made = self.combine(node, parts) * Fraction(node["faktor"])
        if node["pembulatan_antara"] is not None:
            made = rounded(made, node["pembulatan_antara"])
        return made

    def combine(self, node, parts):
        way = node["cara"]
        if way == "jumlah":
            return sum(weight * value for weight, value in parts)
        if way == "rata-rata":
            return sum(weight * value for weight, value in parts) / sum(weight for weight, _ in parts)
        if way == "minimum":
            return min(value for _, value in parts)
        if way == "maksimum":
            return max(value for _, value in parts)
        if way == "tabel":
            return self.look_up(node, parts)
        raise Mismatch(f"{node['kode']}: cara {way} tidak dikenal")

    def look_up(self, node, parts):
        share = Fraction(sum(1 for _, value in parts if value > 0), len(parts))
        given = set(node["pertimbangan"])
        for row in self.document["tabel"][node["tabel"]]:
            low, high = Fraction(row["dari"]), Fraction(row["sampai"])
            above = share >= low if row["dari_termasuk"] else share > low
            below = share <= high if row["sampai_termasuk"] else share < high
            if above and below and given.issuperset(row["pertimbangan"]):
                return Fraction(row["poin"])
        raise Mismatch(f"{node['kode']}: tidak ada baris tabel bagi {share}")

    def predicate(self, total):
        scale = self.document["skala_predikat"]
        if scale is None:
            return ""
        figure = rounded(total, scale["putus_pada"])
        for band in scale["pita"]:
            if band["batas"] is None:
                return band["label"]
            cut = Fraction(band["batas"])
            if figure > cut or (figure == cut and scale["batas_milik"] == "atas"):
                return band["label"]
        return ""


def main(arguments):
    if len(arguments) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        with open(arguments[1], encoding="utf-8") as file:
            document = json.load(file)
        if document["jenis"] != "sertifikat-nilai" or document["format_version"] != FORMAT_VERSION:
            print("bukan sertifikat nilai versi ini", file=sys.stderr)
            return 2
        total, printed, predicate = Certificate(document).check()
        if len(arguments) == 3:
            with open(arguments[2], "rb") as sheet:
                if hashlib.sha256(sheet.read()).hexdigest() != document["sidik_lembar_kerja"]:
                    raise Mismatch("lembar kerja yang diberikan bukan yang disertifikatkan")
        said = [f"{document['lembar_kerja']}, {document['unit'] or 'tanpa unit'}, {document['periode'] or 'tanpa periode'}"]
        said.append(f"paket {document['paket']['kode']} ({document['paket']['status']}), cara {document['mode']['kode']}")
        if document["ilustratif"]:
            said.append("ILUSTRATIF: jawabannya rekaan")
    except Mismatch as problem:
        print(f"tidak cocok: {problem}", file=sys.stderr)
        return 1
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as problem:
        print(f"bukan sertifikat: {problem!r}", file=sys.stderr)
        return 2
    leaves = sum(1 for node in document["simpul"] if "bagian" not in node)
    print(f"cocok: {leaves} jawaban, nilai {total} = {float(printed):.2f}, {predicate}")
    for line in said:
        print(line)
    if len(arguments) == 2:
        print("jawabannya belum dibandingkan dengan lembar kerja; beri berkasnya sebagai masukan kedua")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
