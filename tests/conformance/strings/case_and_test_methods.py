s = 'Hello World'
print(s.upper(), s.lower(), s.title(), s.capitalize(), s.swapcase(), 'ß'.upper(), 'ǆ'.title(), 'İ'.lower() == 'i̇')
print('abc'.isalpha(), 'ab1'.isalnum(), '123'.isdigit(), ' '.isspace(), 'abc'.islower(), 'ABC'.isupper(), 'Abc'.istitle(), ''.isalpha(), 'a_1'.isidentifier(), '½'.isnumeric(), '²'.isdigit(), '²'.isdecimal(), 'ab\n'.isprintable())
print(s.startswith('He'), s.endswith(('x', 'ld')), s.startswith('W', 6), 'Straße'.casefold())
