ids = [id(x) for x in ([], [], [])]
l = [[], [], []]
print(len({id(x) for x in l}), len(set(ids)) <= 3)
