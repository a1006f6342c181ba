# Strings joined, formatted, split, searched, replaced and built piece by piece.
def caesar(text, n):
    out = []
    for c in text:
        if 'a' <= c <= 'z':
            out.append(chr((ord(c) - 97 + n) % 26 + 97))
        else:
            out.append(c)
    return ''.join(out)


def run(rounds):
    total = 0
    line = 'the quick brown fox jumps over the lazy dog'
    for i in range(rounds):
        coded = caesar(line, i % 26)
        words = coded.split()
        total += len(' '.join(sorted(words)))
        table = ''
        for j, word in enumerate(words):
            table += f'{j:>3}: {word.upper():<8}|{i * j:05d}\n'
        total += table.count('|') + len(table)
        total += coded.find('zz') + coded.replace('a', 'bb').index(coded[3])
        if coded.startswith('the') or coded.endswith('g'):
            total += int('%d%d' % (i, len(words))) & 1023
        total += hash(coded) == hash(coded + '')
        total += sum(len(part.strip()) for part in table.splitlines())
    return total


print(run(5000))
