n = 1234567
print(f'{n:d} {n:,} {n:_} {n:x} {n:X} {n:#x} {n:b} {n:o} {n:#o}')
print(f'{n:10}|{n:<10}|{n:^10}|{n:>10}|{n:010}|{n:+}|{n: }|{-n:010}')
print(f'{255:#010x} {5:#b} {65:c} {n:e} {n:.2f} {n:*^15,}')
print(f'{True:d} {True} {True:5} {-5:+d} {-5:=6}')
