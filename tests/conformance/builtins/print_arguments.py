import sys
print()
print('a', 1, None, [1, 'x'], sep='-')
print('no newline', end='')
print(' | ', end='\n\n')
print(1, 2, sep='', end='!\n')
print('to stderr', file=sys.stderr)
print(*'abc', sep='\n')
for bad in {'sep': 5}, {'wrong': 1}:
    try:
        print('x', **bad)
    except TypeError as e:
        print(e)
sys.stdout.write('written\n')
