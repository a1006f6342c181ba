a, b = 5, 'x'
c = a * 2 + b + a
