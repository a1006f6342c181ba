# String methods at their edges: empty separators, negative starts, tuples, casing of odd letters.
print('a,b,,c'.split(','), ' a  b '.split(), ''.split(), ''.split(','), 'abc'.split('b', 0), 'a b c'.rsplit(None, 1))
print('a\nb\r\nc\x0bd'.splitlines(), 'a\n'.splitlines(True), 'abc'.partition('x'), 'a.b.c'.rpartition('.'))
print('abcabc'.find('c', -2), 'abc'.find('', 3), 'abc'.find('', 4), 'aaa'.count('aa'), 'abc'.count(''), 'abc'.rfind('', 1, 2))
print('abc'.replace('', '-'), 'aaa'.replace('a', 'b', 2), 'abc'.startswith(('x', 'ab')), 'abc'.endswith('', 9))
print('ß'.upper(), 'ǆ'.title(), 'İ'.lower() == 'i̇', 'ΑΣ'.lower(), "they're bill's".title(), 'ﬁ'.casefold())
print('x'.center(4, '*'), 'abc'.ljust(2), '-5'.zfill(4), '+'.zfill(3), 'a\tb'.expandtabs(4), 'a\tb'.expandtabs(0))
print('abc'.translate({97: 'xx', 98: None}), str.maketrans('ab', 'cd', 'e'), 'prefix-x'.removeprefix('prefix-'), 'x'.removesuffix(''))
print('٣'.isdigit(), '²'.isdigit(), '²'.isdecimal(), '½'.isnumeric(), 'a1'.isalnum(), ''.isalpha(), 'Ab'.istitle(), 'a_1'.isidentifier())
print('%s %r %5.1f %-4d| %05d %x %%' % ('a', 'b', 1.25, 7, -3, 255), '%(k)s' % {'k': 1}, '%*d' % (4, 2))
print('{0} {1!r:>5} {a[k]} {b.real}'.format(1, 'x', a={'k': 2}, b=3), '{:{}}'.format('r', '>3'), '{{}}'.format())
for bad in ("'a'.split('')", "'abc'.index('x')", "'%d' % 'x'", "'%s %s' % 1", "'{} {0}'.format(1)", "'{x}'.format()", "','.join([1])",
            "'a' + 1", "'a' * 'b'", "'ab'.center(5, 'xy')", "'abc'[5]", "chr(-1)", "ord('ab')", "'a'.encode('nope')", "b'\\xff'.decode()",
            "'é'.encode('ascii')"):
    try:
        print(eval(bad))
    except Exception as error:
        print(bad, type(error).__name__, error)
print('abc'[::-1], 'abcdef'[-100:100:2], 'abc'[2:1], 'z' in 'xyz', '' in '', 'a' < 'B', 'a' < 'á', sorted('bAa'))
