name, n, pi = 'ann', 42, 3.14159
print(f'{name} {n} {pi}')
print(f'{name!r} {name!s} {n + 1} {name.upper()} {[x for x in range(3)]}')
print(f'{n=} {pi=:.2f} {name = }')
print(f'{{literal}} {"nested"} {n:{5}} {f"{n}"}')
print(f'a' 'b' f'{n}')
print(rf'\n{n}', f'{n!r:>6}', f'{"é"!a}')
