# Reading and writing CSV.
import csv
import io

text = 'name,size\r\n"a, b",1\r\n"say ""hi""",2\r\n"two\r\nlines",3\r\n\r\n,\r\n'
for row in csv.reader(io.StringIO(text, newline='')):
    print(row)
print([dict(r) for r in csv.DictReader(['x,y', '1,2', '3', '4,5,6'])])
out = io.StringIO()
w = csv.writer(out)
print(w.writerow(['a', 'b,c', 'say "x"', None, 1.5, 'two\nlines']), w.writerows([[1, 2], ['']]))
print(repr(out.getvalue()))
for options in [
    {'quoting': csv.QUOTE_ALL},
    {'quoting': csv.QUOTE_NONNUMERIC},
    {'quoting': csv.QUOTE_NONE, 'escapechar': '\\'},
    {'delimiter': ';', 'quotechar': "'", 'lineterminator': '\n'},
    {'doublequote': False, 'escapechar': '\\'},
]:
    out = io.StringIO()
    csv.writer(out, **options).writerow(['a;b', 'it\'s "it"', 3, 'x,y'])
    print(options, repr(out.getvalue()))
    print(list(csv.reader(io.StringIO(out.getvalue(), newline=''), **options)))
print(sorted(csv.list_dialects()), csv.get_dialect('excel-tab').delimiter == '\t', csv.field_size_limit())
csv.register_dialect('mine', delimiter='|', skipinitialspace=True)
print(list(csv.reader(['a| b|c'], 'mine')))
for bad in [lambda: csv.reader([], 'none'), lambda: csv.writer(3), lambda: csv.reader([], delimiter='ab'), lambda: next(csv.reader([b'x'])), lambda: csv.writer(io.StringIO(), quoting=csv.QUOTE_NONE).writerow(['a,b']), lambda: csv.writer(io.StringIO()).writerow(3)]:
    try:
        print(bad())
    except (csv.Error, TypeError) as e:
        print(type(e).__name__, e)
out = io.StringIO()
d = csv.DictWriter(out, ['a', 'b'], restval='-')
d.writeheader()
d.writerow({'a': 1})
print(repr(out.getvalue()))
print(csv.Sniffer().sniff('a;b\n1;2\n').delimiter)
