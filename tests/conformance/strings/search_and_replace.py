s = 'abracadabra'
print(s.find('a'), s.find('a', 1), s.rfind('a'), s.find('x'), s.index('ra'), s.rindex('ra'), s.count('a'), s.count('ab'), s.count(''), 'aaaa'.count('aa'))
print(s.replace('a', 'A'), s.replace('a', 'A', 2), s.replace('', '-')[:8], 'cad' in s, '' in s, 'x' not in s)
print(s.partition('c'), s.rpartition('a'), s.partition('x'), s.removeprefix('abra'), s.removesuffix('bra'), s.find('a', -4, -1))
