import sys
data = [[], [], []]
for item in data:
    pass
print([sys.getrefcount(d) for d in data])
print(sys.getrefcount(data[2]), sys.getrefcount(item))
del item
print(sys.getrefcount(data[2]))
