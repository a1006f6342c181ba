print(list('ab'), tuple(range(2)), set([1, 1]), dict([('a', 1)]), str(None), bool([]), float('2'), int('7'), bytes(b'a'), list({'k': 1}), str(b'a'))
print(repr('a'), ascii('é'), chr(65), ord('A'), bin(3), abs(-1), round(1.5), divmod(7, 2), pow(2, 3), len('abc'), list(), str(), tuple())
