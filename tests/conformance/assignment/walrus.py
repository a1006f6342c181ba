if (n := len([1, 2, 3])) > 2:
    print(n)
values = [y := 1, y ** 2 + 1, (y := 7) + y]
print(values, y)
print([last := x for x in range(4)], last)
while (n := n - 1) > 0:
    print('n', n)
