#!/usr/bin/env python3
"""Decodes PDUs of the p101 protocol: written from spec/PDU.md alone, to show that it says enough.

usage: decode.py [FILE.hex ...]   explains vectors (default: all beside it); exit 1 when one is not what its lines say
"""
import ipaddress, json, pathlib, re, sys, unicodedata
HEAD = [(2, "tx", 4), (6, "cookie", "hex4")]
ROW = [(18, "row flags", 1), (19, "TCP port", 2), (21, "size", 6), (27, "content id", "hex8"), (35, "peer", 16),
       (51, "file", 50)]
KEY = [(10, "owner key", "hex8")]
ERROR = [(18, "code", 2), (24, "retry after", 2), (32, "text", 69)]
RANGE = [(1, "kind", 1), (3, "offset", 6), (9, "length", 6), (15, "root", "hex32")]
# Section 2: (type byte, channel) -> name; sections 3 and 4: the fields that are not reserved.
TYPES = {
    ("R", "to-index"): ("REGISTER", HEAD + KEY + ROW),
    ("T", "to-index"): ("DEREGISTER", HEAD + KEY + ROW),
    ("S", "to-index"): ("SEARCH", HEAD + [(10, "search flags", 1), (11, "before id", 6)] + ROW[3:]),
    ("O", "to-index"): ("LIST", HEAD + [(10, "limit", 1), (11, "after id", 6), (51, "filter", 50)]),
    ("S", "from-index"): ("FOUND", HEAD + [(11, "id", 6)] + ROW[:5] + [(51, "address", "address")]),
    ("O", "from-index"): ("ENTRY", HEAD + [(10, "sequence", 1), (11, "id", 6), (17, "list flags", 1)]
                          + ROW[:1] + [(19, "previous", 2)] + ROW[2:]),
    ("A", "from-index"): ("ACCEPTED", HEAD + KEY + [(18, "lease seconds", 2), (20, "newest tx", 4), (24, "held", 4),
                                                    (28, "sum", 4), (32, "text", 69)]),
    ("E", "from-index"): ("REFUSED", HEAD + KEY + [(20, "newest tx", 4)] + ERROR),
    ("D", "tcp"): ("DOWNLOAD", RANGE + [(51, "file", 50)]),
    ("A", "tcp"): ("RANGE", RANGE + [(2, "range flags", 1), (47, "size", 6), (53, "modified", 6)]),
    ("C", "tcp"): ("CONTENT", [(1, "content", "hex100")]),
    ("E", "tcp"): ("FAILED", ERROR),
}
FLAGS = {"row flags": 7, "list flags": 7, "search flags": 1, "range flags": 1}
TEXTS = ("peer", "file", "filter", "text")
DEVICES = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"}
DEVICES |= {port + digit for port in ("COM", "LPT") for digit in "0123456789\u00b9\u00b2\u00b3"}


class Malformed(Exception):
    """Reason (section 12), field, and a sentence."""


def decode(channel, pdu):
    """The name of the type and a dict of its fields; raises Malformed."""
    if len(pdu) != 101:
        raise Malformed("LENGTH", None, f"{len(pdu)} bytes")
    letter = chr(pdu[0])
    if (letter, channel) not in TYPES:
        known = any(letter == other for other, _ in TYPES)
        raise Malformed("DIRECTION" if known else "TYPE", "type", f"type byte {pdu[0]:#04x} on {channel}")
    if channel != "tcp" or letter == "E":
        if pdu[1] & 0x0F != 1:
            raise Malformed("VERSION", "version", f"version {pdu[1] & 0x0F}")
        if (pdu[1] >= 0x80) == (channel == "to-index"):
            raise Malformed("DIRECTION", "version", "wrong answer bit")
    name, layout = TYPES[letter, channel]
    fields = {field: value(pdu, offset, field, form) for offset, field, form in layout}
    check_numbers(name, fields)
    check_names(name, fields)
    return name, fields


def value(pdu, offset, field, form):
    """One field: a number, or text in the form of the "# expect:" lines."""
    if field in TEXTS:
        text, _, padding = pdu[offset:offset + form].partition(b"\0")
        if any(padding):
            raise Malformed("TEXT", field, "bytes after a 0")
        try:
            return text.decode("utf-8", "strict")
        except UnicodeDecodeError as wrong:
            raise Malformed("TEXT", field, str(wrong)) from None
    if form == "address":
        address = ipaddress.IPv6Address(pdu[offset:offset + 16])
        return str(address.ipv4_mapped) if address.ipv4_mapped else address.exploded
    if isinstance(form, str):
        return pdu[offset:offset + int(form[3:])].hex()
    return int.from_bytes(pdu[offset:offset + form], "big") & FLAGS.get(field, -1)


def check_numbers(name, fields):
    """Section 12, the ranges of numbers."""
    def refuse(wrong, field):
        if wrong:
            raise Malformed("NUMBER", field, f"{fields[field]}")
    refuse(name in ("REGISTER", "DEREGISTER", "ACCEPTED") and int(fields["owner key"], 16) == 0, "owner key")
    refuse(fields.get("TCP port") == 0, "TCP port")
    refuse(fields.get("id") == 0 and not fields.get("list flags", 0) & 4, "id")
    refuse(not 1 <= fields.get("code", 1) <= 13, "code")
    refuse(fields.get("kind", 0) > 2, "kind")
    if name in ("DOWNLOAD", "RANGE"):
        most = (2**48 - 1,) * 3 if name == "DOWNLOAD" else (fields["size"], 1_048_834, 4_096)
        refuse(fields["offset"] + fields["length"] > most[fields["kind"]], "length")
    refuse(name == "RANGE" and int(fields["root"], 16) == 0, "root")


def check_names(name, fields):
    """Section 5, and where a name must be."""
    if name in ("REGISTER", "DEREGISTER") and not fields["peer"]:
        raise Malformed("NAME", "peer", "none")
    if name == "DOWNLOAD" and not fields["file"] and int(fields["root"], 16) == 0:
        raise Malformed("NAME", "file", "neither root nor file")
    for field in ("peer", "file"):
        text = fields.get(field, "")
        wrong = unicodedata.normalize("NFC", text) != text or re.search(r"[/\\:]|[ .]$", text)
        for i, char in enumerate(text):
            if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp", "Cs"):
                around = [unicodedata.category(other)[0] for other in text[max(i - 1, 0):i] + text[i + 1:i + 2]]
                wrong = wrong or char not in "\u200c\u200d" or len(around) < 2 or not set(around) <= {"L", "M"}
        device = text.split(".")[0].rstrip(" ").upper() in DEVICES
        if wrong or field == "file" and (text.startswith(".") or device):
            raise Malformed("NAME", field, ascii(text))


def parse_hex(text):
    """Bytes of hexadecimal words, among them 00*46 for 46 bytes 00."""
    words = (word.split("*") for word in text.split())
    return b"".join(bytes.fromhex(word[0]) * int(word[1] if len(word) > 1 else 1) for word in words)


def check(path):
    """Explains one vector; whether it is what its lines say."""
    lines = path.read_text("utf-8").splitlines()
    pdu = parse_hex(" ".join(line.split("#")[0] for line in lines))
    told = [line[2:].split(": ", 1) for line in lines if re.match("# (channel|expect|reason|field): ", line)]
    channel = dict(told)["channel"]
    try:
        name, fields = decode(channel, pdu)
        shown = {k: json.dumps(v, ensure_ascii=False) if k in TEXTS else str(v) for k, v in fields.items()}
        found = {name: True} | {k: v if k in TEXTS else str(v) for k, v in fields.items()}
        print(f"{path.name}: {name}", ascii(shown))
    except Malformed as wrong:
        found = {"reason": wrong.args[0], "field": wrong.args[1]}
        print(f"{path.name}: {wrong.args}")
    expected = {"field": None} if "reason" in dict(told) else {}
    for what, text in told:
        field, _, wanted = text.partition(" = ")
        if what == "expect":
            wanted = parse_hex(wanted).hex() if field == "content" else wanted
            expected[field] = json.loads(wanted) if field in TEXTS else wanted or True
        elif what != "channel":
            expected[what] = text
    if found != expected:
        print(f"{path.name}: WRONG, expected {ascii(expected)}")
    return found == expected


if __name__ == "__main__":
    paths = [pathlib.Path(name) for name in sys.argv[1:]] or sorted(pathlib.Path(__file__).parent.glob("*/*.hex"))
    results = [check(path) for path in paths]
    print(f"{sum(results)} of {len(results)} vectors are what they say")
    sys.exit(0 if results and all(results) else 1)
