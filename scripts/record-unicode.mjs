// Records what CPython's unicodedata knows of each character: the only writer of lib/engine-data/unicode.deflate.
//
//   node scripts/record-unicode.mjs
//
// The oracles are the Pyodide builds: pyodide (3.14, Unicode 16.0) says everything, pyodide313 (15.1) which characters
// were not there yet. The file is text, deflated: sections of lines, code points in hexadecimal as the difference from
// the line before. It is read by lib/engine/objects/unicode-table.ts, when a program first asks for a name.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { root } from './sources.mjs';

/** Names that a character has beside its own (NameAliases.txt); those that an oracle does not know are left out. */
const ALIASES = `NULL|START OF HEADING|START OF TEXT|END OF TEXT|END OF TRANSMISSION|ENQUIRY|ACKNOWLEDGE|ALERT|BACKSPACE
CHARACTER TABULATION|HORIZONTAL TABULATION|LINE FEED|NEW LINE|END OF LINE|LINE TABULATION|VERTICAL TABULATION|FORM FEED
CARRIAGE RETURN|SHIFT OUT|LOCKING-SHIFT ONE|SHIFT IN|LOCKING-SHIFT ZERO|DATA LINK ESCAPE|DEVICE CONTROL ONE
DEVICE CONTROL TWO|DEVICE CONTROL THREE|DEVICE CONTROL FOUR|NEGATIVE ACKNOWLEDGE|SYNCHRONOUS IDLE
END OF TRANSMISSION BLOCK|CANCEL|END OF MEDIUM|SUBSTITUTE|ESCAPE|INFORMATION SEPARATOR FOUR|FILE SEPARATOR
INFORMATION SEPARATOR THREE|GROUP SEPARATOR|INFORMATION SEPARATOR TWO|RECORD SEPARATOR|INFORMATION SEPARATOR ONE
UNIT SEPARATOR|DELETE|PADDING CHARACTER|HIGH OCTET PRESET|BREAK PERMITTED HERE|NO BREAK HERE|INDEX|NEXT LINE
START OF SELECTED AREA|END OF SELECTED AREA|CHARACTER TABULATION SET|HORIZONTAL TABULATION SET
CHARACTER TABULATION WITH JUSTIFICATION|LINE TABULATION SET|VERTICAL TABULATION SET|PARTIAL LINE FORWARD
PARTIAL LINE DOWN|PARTIAL LINE BACKWARD|PARTIAL LINE UP|REVERSE LINE FEED|REVERSE INDEX|SINGLE SHIFT TWO
SINGLE SHIFT THREE|DEVICE CONTROL STRING|PRIVATE USE ONE|PRIVATE USE TWO|SET TRANSMIT STATE|CANCEL CHARACTER
MESSAGE WAITING|START OF GUARDED AREA|END OF GUARDED AREA|START OF STRING|SINGLE CHARACTER INTRODUCER
CONTROL SEQUENCE INTRODUCER|STRING TERMINATOR|OPERATING SYSTEM COMMAND|PRIVACY MESSAGE|APPLICATION PROGRAM COMMAND
NUL|SOH|STX|ETX|EOT|ENQ|ACK|BEL|BS|HT|TAB|LF|NL|EOL|VT|FF|CR|SO|SI|DLE|DC1|DC2|DC3|DC4|NAK|SYN|ETB|CAN|EOM|EM|SUB|ESC
FS|GS|RS|US|SP|DEL|NBSP|SHY|ZWSP|ZWNJ|ZWJ|LRM|RLM|BOM|ZWNBSP|WJ|LRE|RLE|PDF|LRO|RLO|LRI|RLI|FSI|PDI|NNBSP|CGJ|ALM|MVS
BYTE ORDER MARK|LATIN CAPITAL LETTER GHA|LATIN SMALL LETTER GHA|WEIERSTRASS ELLIPTIC FUNCTION|KANNADA LETTER LLLA
LAO LETTER FO FON|LAO LETTER FO FAY|LAO LETTER RO|LAO LETTER LO|MICR ON US SYMBOL|MICR DASH SYMBOL|NEL|IND|CSI|OSC|ST
PRESENTATION FORM FOR VERTICAL RIGHT WHITE LENTICULAR BRACKET|BYZANTINE MUSICAL SYMBOL FTHORA SKLIRON CHROMA VASIS`
  .split(/[|\n]/)
  .map((name) => name.trim());

const ASK = `
import unicodedata as u
def record(aliases):
    names, groups, parts, numbers, extra = [], [], [], [], []
    last = [0, 0, 0, 0]
    def put(lines, i, c, text):
        lines.append('%x;%s' % (c - last[i], text))
        last[i] = c
    known = None
    for c in range(0x110000):
        ch = chr(c)
        name = u.name(ch, '')
        if name and not name.startswith('CJK UNIFIED IDEOGRAPH-') and not name.startswith('HANGUL SYLLABLE '):
            put(names, 0, c, name)
        group = '%s;%s;%d;%s;%d' % (u.category(ch), u.bidirectional(ch), u.combining(ch), u.east_asian_width(ch), u.mirrored(ch))
        if group != known:
            put(groups, 1, c, group)
            known = group
        part = u.decomposition(ch)
        if part and not 0xac00 <= c < 0xd7a4:
            put(parts, 2, c, part)
        n = u.numeric(ch, None)
        if n is not None:
            from fractions import Fraction
            put(numbers, 3, c, '%s;%s;%s' % (u.decimal(ch, ''), u.digit(ch, ''), Fraction(n).limit_denominator(1000)))
    for alias in aliases:
        try:
            extra.append('%x;%s' % (ord(u.lookup(alias)), alias))
        except (KeyError, TypeError):
            pass
    return '\\n\\n'.join('\\n'.join(x) for x in (names, groups, parts, numbers, extra))
def missing():
    out, start = [], -1
    for c in range(0x110001):
        new = c < 0x110000 and u.category(chr(c)) == 'Cn'
        if new and start < 0:
            start = c
        elif not new and start >= 0:
            out.append('%x;%x' % (start, c))
            start = -1
    return '\\n'.join(out)
`;

async function ask(packageName, call) {
  const { loadPyodide } = await import(packageName);
  const py = await loadPyodide();
  py.runPython(ASK);
  py.globals.set('aliases', py.toPy(ALIASES));
  return py.runPython(call);
}

const text = `${await ask('pyodide', 'record(aliases)')}\n\n${await ask('pyodide313', 'missing()')}\n`;
const data = deflateRawSync(text, { level: 9 });
writeFileSync(join(root, 'lib/engine-data/unicode.deflate'), data);
console.log(`${text.length} characters, ${data.length} bytes`);
