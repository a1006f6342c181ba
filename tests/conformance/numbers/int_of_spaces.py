# What int() and float() take for space around a number and for a digit.
for x in ('', '+', ' - 1', '- 1', ' +12 ', '\t12\n', '1_0', '_1', '1__0', '0x1f', '0b2', '+-1', '\u0661\u0662', '\u20031\u2003', '1 2', '\x1c5\x1c', '\u2003\x1c5'):
    for base in (10, 0, 16, 2):
        try:
            print(ascii(x), base, int(x, base))
        except ValueError as e:
            print(ascii(e))
    try:
        print(float(x))
    except ValueError as e:
        print(ascii(e))
