# The matching engine behind re: groups, repeats, look-around, possessive and atomic parts, str and bytes.
import re

PATTERNS = [
    (r'(a|ab)(c|bcd)(d*)', 'abcd'), (r'(?:(a)|b)*', 'abab'), (r'(?>a+)b', 'aaab'), (r'a++a', 'aaa'),
    (r'(?<=a)b', 'ab'), (r'(?<!c)b+', 'bbcb'), (r'(\w+)\s+\1', 'hello hello'), (r'(?i)straße', 'STRASSE Straße'),
    (r'[\u0400-\u04ff]+', 'привет мир'), (r'(a*)*', 'aaa'), (r'(a*)+?b', 'aaab'), (r'x*', 'axb'),
    (r'(?P<y>\d{4})-(?P<m>\d\d)', 'on 2024-05'), (r'(a)?(?(1)b|c)', 'abc'), ('[^a-c]+', 'xyzabc'),
    ('\U0001F600+', 'a\U0001F600\U0001F600b'), (r'((a)|(b)|(c))+', 'abc'), (r'(?=(a+))\1', 'aab'),
    (r'(?!(a)b)a', 'aab'), (r'(?:([ab])c?)*+', 'acb'), (r'\Bx', 'xx'), (r'^$', ''), ('(?m)^', 'a\nb\n'),
    (r'.*?(\d)', 'ab1c2'), (r'(?s).+', 'a\nb'), (r'(?x) a b # c', 'ab'),
]
for pattern, text in PATTERNS:
    p = re.compile(pattern)
    print(pattern, [(m.span(), m.groups(), m.regs, m.lastindex) for m in p.finditer(text)])
    print('  ', p.findall(text), p.split(text), p.subn('<\\g<0>>', text), p.fullmatch(text))

m = re.search(rb'(\w)(?P<second>\d)?', b'.a1')
print(m, m.groupdict(), m['second'], m.group(1, 'second'), m.start('second'), m.expand(rb'\2\1'), m.lastgroup)
print(re.compile('a', re.I | re.M), re.compile(b'a'), re.compile('a') == re.compile('a'), re.compile('a') == re.compile('b'))
print(re.sub('(a)(b)?', lambda m: repr(m.groups()), 'ab a'), re.sub('x', '', 'axbx'), re.sub('', '-', 'abc'))
print(re.escape('a.b*c'), re.split('(,)', 'a,b,c', maxsplit=1), re.compile('b').search('abcb', 2).span())
for bad in ('(', 'a**', '[z-a]', r'(?P<1>a)', '(?<=a*)b', r'\2(a)'):
    try:
        re.compile(bad)
    except re.error as e:
        print(bad, '->', e)
for wrong in (lambda: re.match('a', b'a'), lambda: re.match(b'a', 'a'), lambda: re.match('a', 1), lambda: m.group(7)):
    try:
        wrong()
    except (TypeError, IndexError) as e:
        print(type(e).__name__, e)
data = bytearray(b'abc')
it = re.finditer(b'.', data)
next(it)
try:
    data.append(1)
except BufferError as e:
    print(e)
del it
data.append(100)
print(data)
s = re.compile('(?P<w>[a-z]+)|(?P<n>\\d+)').scanner('ab12')
print(s.match().lastgroup, s.match().lastgroup, s.match())
