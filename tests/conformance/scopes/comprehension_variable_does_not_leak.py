x = 'kept'
print([x for x in range(3)], {x for x in range(2)}, {x: x for x in range(2)}, list(x for x in range(2)))
print(x)
