print('%s %r %d %i %5d|%-5d|%05d %+d' % ('a', 'a', 5, 6, 7, 8, 9, 10))
print('%.2f %8.3f|%e %g %x %o %c %%' % (3.14159, 2.5, 12345.678, 0.0001, 255, 8, 'z'))
print('%(a)s %(b)03d' % {'a': 'x', 'b': 5}, '%s' % [1], '%s %s' % (1, (2, 3)), '%s' % (None,))
for fmt, args in ('%d', 'a'), ('%s %s', 1), ('%s', (1, 2)), ('%q', 1):
    try:
        fmt % args
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
