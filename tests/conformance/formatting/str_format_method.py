print('{} {}'.format(1, 'a'), '{1} {0}'.format(1, 2), '{a} {b!r}'.format(a=1, b='x'))
print('{0[1]} {d[k]} {c.real}'.format([1, 2], d={'k': 'v'}, c=5))
print('{:>5}|{:<5}|{:^5}|{:05.1f}'.format('a', 'b', 'c', 2.25))
print('{:{}}|{:{w}}'.format(1, 4, 2, w=3), '{{}}'.format())
class C:
    def __format__(self, spec):
        return 'C with ' + repr(spec)
print(f'{C()} {C():abc}', '{:x}'.format(C()))
