nested = []
for _ in range(3000):
    nested = [nested]
del nested
print('gone')
