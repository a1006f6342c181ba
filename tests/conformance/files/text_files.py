# A text file written, read back by lines and by pieces; positions; newlines; errors.
import io
import os

with open('notes.txt', 'w', encoding='utf-8') as f:
    print(f.write('one\ntwo\n'), f.write('thrée\n'), f.tell(), f.mode, f.name, f.encoding, f.closed)
print(f.closed, os.path.getsize('notes.txt'))
with open('notes.txt', encoding='utf-8') as f:
    print(repr(f.readline()), f.tell(), repr(f.read(2)), repr(f.read()), repr(f.read()))
    f.seek(0)
    print([line for line in f])
with open('notes.txt', encoding='utf-8') as f:
    print(f.readlines(), f.newlines)
with open('notes.txt', 'a', encoding='utf-8') as f:
    print(f.tell(), f.write('four'))
with open('notes.txt', 'r+', encoding='utf-8') as f:
    print(repr(f.read(3)))
    f.seek(0, io.SEEK_END)
    f.write('!\n')
with open('notes.txt', 'rb') as f:
    print(f.read())
with open('ends.txt', 'w', newline='\r\n') as f:
    f.write('a\nb\n')
print(open('ends.txt', 'rb').read())
for newline in None, '', '\n', '\r\n':
    with open('ends.txt', newline=newline) as f:
        print(repr(newline), f.readlines(), repr(f.newlines))
for args in [('nothing.txt',), ('notes.txt', 'x'), ('notes.txt', 'rw'), ('notes.txt', 'q'), ('.',), ('notes.txt', 'rb', -1, 'utf-8')]:
    try:
        open(*args)
    except OSError as e:
        print(type(e).__name__, e.strerror, e.filename)
    except ValueError as e:
        print(e)
try:
    f.read()
except ValueError as e:
    print(e)
with open('notes.txt') as f:
    try:
        f.write('x')
    except io.UnsupportedOperation as e:
        print(repr(e))
with open('bad.bin', 'wb') as f:
    f.write(b'caf\xe9\n')
try:
    open('bad.bin', encoding='utf-8').read()
except UnicodeDecodeError as e:
    print(e)
for errors in 'replace', 'ignore', 'backslashreplace', 'surrogateescape':
    print(errors, ascii(open('bad.bin', encoding='utf-8', errors=errors).read()))
print(open('bad.bin', encoding='latin-1').read(), end='')
os.remove('bad.bin')
print(sorted(name for name in os.listdir('.') if name.endswith(('.txt', '.bin'))))
