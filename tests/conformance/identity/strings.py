s = 'some text'
print(''.join([s]) is s, f'{s}' is s, s.replace('q', 'r') is s, s.strip() is s, s.lower() is s)
print('{}'.format(s) is s, '%s' % s is s)
print(s.upper() is s.upper(), s.split()[0] is s.split()[0])
