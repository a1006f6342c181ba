x = 5
print(eval('x + 1'), eval('y * 2', {'y': 4}))
exec('z = x * 10')
print(z)
space = {}
exec('a = 1\ndef f():\n    return a', space)
print(space['f'](), sorted(k for k in space if k != '__builtins__'))
