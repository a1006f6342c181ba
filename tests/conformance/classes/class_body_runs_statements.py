class C:
    total = 0
    for i in range(4):
        total += i
    if total > 3:
        big = True
    del i
    def m(self):
        pass
print(C.total, C.big, hasattr(C, 'i'), [k for k in vars(C) if not k.startswith('__')])
