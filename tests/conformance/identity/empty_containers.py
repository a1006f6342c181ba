a, b, c = (), tuple(), tuple([])
print(a is b, b is c, [] is [], {} is {})
e = ''
print(e is str(), 'x'[1:] is e)
print(frozenset() is frozenset(), range(0) is range(0))
