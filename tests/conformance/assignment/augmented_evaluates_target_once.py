calls = []
def key():
    calls.append('key')
    return 0
data = [10]
data[key()] += 5
print(data, calls)
class Box:
    value = 1
box = Box()
box.value += 1
print(box.value, Box.value)
