x = {'k': [1, 2]}
y = x['k'][0].real.foo + 2
