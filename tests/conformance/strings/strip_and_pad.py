s = '  text \n'
print(repr(s.strip()), repr(s.lstrip()), repr(s.rstrip()), 'xxaxx'.strip('x'), 'abcba'.strip('ab'), '...a'.lstrip('.'))
print('a'.center(5) + '|', 'a'.ljust(4, '-'), 'a'.rjust(4), '42'.zfill(5), '-42'.zfill(5), 'ab'.center(5, '*'), 'a\tb'.expandtabs(4))
print('abc'.translate({97: 'x', 98: None}), 'abc'.translate(str.maketrans('ab', 'xy')), 'abc'.encode('utf-8'))
