len = 5
print(len)
del len
print(len([1, 2]))
