# Texts of one character that are new objects, and others that are the interpreter's own.
import sys

for text in (str(5), repr(7), 'A'.lower(), 'b'.upper(), 'c'.swapcase(), f'{8}'):
    print(text, sys.getrefcount(text) < 100)
for text in ('ab'[0], chr(97), 'xa'.strip('x'), ''.join(['a']), '%c' % 97, b'a'.decode()):
    print(text, text is chr(97))
