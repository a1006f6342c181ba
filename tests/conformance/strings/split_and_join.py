print('a b  c '.split(), 'a,b,,c'.split(','), 'a b c'.split(None, 1), 'a,b,c'.rsplit(',', 1), ''.split(), ''.split(','))
print('a\nb\r\nc'.splitlines(), 'a\nb\n'.splitlines(True), '-'.join(['a', 'b']), ''.join('abc'), ', '.join(str(i) for i in range(3)))
try:
    'a'.split('')
except ValueError as e:
    print(e)
