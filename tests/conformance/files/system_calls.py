# os, pathlib, tempfile and shutil over the program's own files.
import errno
import os
import pathlib
import shutil
import stat
import tempfile

os.mkdir('box')
for name in 'b', 'a':
    pathlib.Path('box', name + '.txt').write_text(name * 3)
print(sorted(os.listdir('box')), os.path.isdir('box'), os.path.isfile('box/a.txt'), os.path.exists('nope'))
print(sorted((e.name, e.is_dir(), e.stat().st_size) for e in os.scandir('box')))
st = os.stat('box/a.txt')
print(stat.S_ISREG(st.st_mode), st.st_size, st[6], len(st), type(st).__name__)
os.rename('box/a.txt', 'box/c.txt')
for call in [
    lambda: os.mkdir('box'),
    lambda: os.rmdir('box'),
    lambda: os.remove('box/a.txt'),
    lambda: os.rename('x', 'y'),
    lambda: os.listdir('box/b.txt'),
    lambda: os.open('box/none', os.O_RDONLY),
    lambda: os.close(77),
]:
    try:
        call()
    except OSError as e:
        # The numbers are the platform's.
        print(type(e).__name__, errno.errorcode[e.errno], e.strerror, e.filename, e.filename2)
fd = os.open('box/raw', os.O_RDWR | os.O_CREAT)
print(os.write(fd, b'0123456789'), os.lseek(fd, 3, os.SEEK_SET), os.read(fd, 4))
os.ftruncate(fd, 5)
os.close(fd)
print(os.path.getsize('box/raw'))
p = pathlib.Path('box')
print(sorted(x.name for x in p.iterdir()), (p / 'sub').mkdir(), sorted(str(x) for x in p.glob('*.txt')))
(p / 'sub' / 'deep.txt').write_text('deep')
print([(d, sorted(ds), sorted(fs)) for d, ds, fs in os.walk('box')])
os.symlink('c.txt', 'box/link')
print(os.readlink('box/link'), os.path.islink('box/link'), open('box/link').read())
shutil.copy('box/c.txt', 'box/copy.txt')
shutil.rmtree('box')
print(os.path.exists('box'))
with tempfile.TemporaryDirectory() as d:
    q = pathlib.Path(d, 'f')
    q.write_bytes(b'x')
    print(q.stat().st_size, q.suffix, q.parent == pathlib.Path(d))
print(os.path.exists(d))
with tempfile.NamedTemporaryFile('w+') as f:
    f.write('hi')
    f.seek(0)
    print(f.read())
os.environ['HEAP'] = 'book'
print(os.environ.get('HEAP'), os.getenv('NOPE', 1), os.fspath(pathlib.PurePath('a', 'b')), os.sep, os.linesep == '\n')
print(os.strerror(errno.ENOENT), len(os.urandom(4)))
try:
    os.fspath(3)
except TypeError as e:
    print(e)
