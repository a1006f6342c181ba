# unicodedata, and characters by name.
import unicodedata as u

for c in 'a\xe9\u4e2d\xbd\xb2\u0663\u2167 \u0301(\uac01\U0001F600\u0378':
    print(ascii(c), u.name(c, None), u.category(c), u.bidirectional(c), u.combining(c), u.east_asian_width(c), u.mirrored(c),
          u.decomposition(c), u.decimal(c, None), u.digit(c, None), u.numeric(c, None))
print('\N{EM SPACE}' == '\u2003', '\N{BULLET}', ascii(u.lookup('LATIN SMALL LETTER E WITH ACUTE')), ascii('\N{LINE FEED}'))
for wrong in (lambda: u.lookup('no such character'), lambda: u.name('\x00'), lambda: u.decimal('a'), lambda: eval(r"'\N{xx}'")):
    try:
        wrong()
    except (KeyError, ValueError, SyntaxError) as e:
        print(type(e).__name__, e)
print(ascii(u.normalize('NFD', '\xe9')), u.is_normalized('NFC', '\xe9'), ascii(u.normalize('NFKC', '\ufb01')))
