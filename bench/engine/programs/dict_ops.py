# Dicts with string and integer keys: filled, looked up, counted, deleted from, walked.
def run(rounds):
    words = ['w%d' % (i * 7919 % 1009) for i in range(600)]
    total = 0
    for i in range(rounds):
        counts = {}
        for word in words:
            if word in counts:
                counts[word] += 1
            else:
                counts[word] = 1
        squares = {n: n * n for n in range(200)}
        for n in range(0, 200, 3):
            del squares[n]
        for key, value in squares.items():
            total += key ^ value
        total += counts.get('w5', 0) + counts.get(i, 7) + len(counts)
        grouped = {}
        for word in words[:100]:
            grouped.setdefault(word[:2], []).append(word)
        total += len(grouped) + sum(map(len, grouped.values()))
        total &= 0xFFFFFF
    return total


print(run(1300))
