for s in 'plain', "it's", 'say "hi"', 'both \' and "', 'tab\tnew\nline', 'back\\slash', '\x00\x1f\x7f', 'é', '€', '😀', '\u200b', '\ud800', r'raw\n', '\x41\u0042\U00000043\103':
    print(repr(s))
print(ascii('é€😀'), '\u2022', """triple
lines""", 'con' 'cat')
